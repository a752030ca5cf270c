#include "hanjari/base/error.h"
#include "hanjari/web/site.h"
#include "web/asset_pack.h"
#include "web/handlers.h"

namespace hanjari::web {
namespace {

bool takes_gzip(const Request& request) {
  // A coding named with q=0 is refused by the reader; everything else that names gzip takes it.
  const auto field = request.header("accept-encoding");
  const auto at = field.find("gzip");
  if (at == std::string_view::npos) return false;
  const auto rest = field.substr(at + 4, field.substr(at).find(',') - 4);
  return rest.find("q=0") == std::string_view::npos || rest.find("q=0.") != std::string_view::npos;
}

bool is_known_to_reader(const Request& request, const std::string& etag) {
  return request.header("if-none-match").find(etag) != std::string_view::npos;
}

Response send(const Call& call, const Asset& asset, const std::string& lifetime) {
  Response response;
  response.audience = Audience::everybody;
  response.type = asset.type;
  response.set_header("Cache-Control", lifetime);
  const bool compressed = !asset.gzipped.empty() && takes_gzip(call.request);
  // One tag per coding, as the bytes differ.
  const std::string etag = compressed ? asset.etag.substr(0, asset.etag.size() - 1) + "-gzip\"" : asset.etag;
  response.set_header("ETag", etag);
  if (!asset.gzipped.empty()) response.set_header("Vary", "Accept-Encoding");
  if (is_known_to_reader(call.request, etag)) {
    response.status = 304;
    return response;
  }
  if (compressed) response.set_header("Content-Encoding", "gzip");
  response.lasting_body = compressed ? asset.gzipped : asset.plain;
  return response;
}

}  // namespace

Response send_asset(const Call& call) {
  const Asset* asset = call.site.assets().find("asset/" + call.path.at("name"));
  if (asset == nullptr)
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  // The name holds the content's digest: another content has another name.
  return send(call, *asset, "public, max-age=31536000, immutable");
}

Response send_icon(const Call& call) {
  const std::string& address = call.site.assets().address_of("icon.svg");
  return send(call, *call.site.assets().find("asset" + address.substr(address.rfind('/'))), "public, max-age=86400");
}

Response send_robots(const Call& call) {
  Response response;
  response.audience = Audience::everybody;
  response.type = "text/plain; charset=utf-8";
  response.body =
      call.listener == Listener::portal ? "User-agent: *\nDisallow: /api/\n" : "User-agent: *\nDisallow: /\n";
  response.set_header("Cache-Control", "public, max-age=86400");
  return response;
}

}  // namespace hanjari::web
