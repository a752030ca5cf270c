#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "site/pages/asset_pack.h"
#include "site/pages/pages.h"
#include "site/pages/static_files.h"

namespace hanjari::web {
namespace {

Response send(const Asset& asset) {
  Response response;
  response.type = asset.type;
  response.set_header("ETag", asset.etag);
  response.lasting_body = asset.plain;
  response.lasting_gzip = asset.gzipped;
  return response;
}

}  // namespace

Response send_asset(const Call& call) {
  const Institution& institution = call.site.settings().institution;
  if (!institution.emblem.empty() && call.path.at("name") == institution.emblem_name) {
    Response response;
    response.type = institution.emblem_type;
    response.set_header("ETag", "\"" + institution.emblem_name + "\"");
    response.body = institution.emblem;
    return response;
  }
  const Asset* asset = call.site.assets().find("asset/" + call.path.at("name"));
  if (asset == nullptr)
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  return send(*asset);
}

Response send_icon(const Call& call) {
  const std::string& address = call.site.assets().address_of("icon.svg");
  return send(*call.site.assets().find("asset" + address.substr(address.rfind('/'))));
}

Response send_robots(const Call& call) {
  Response response;
  response.type = "text/plain; charset=utf-8";
  response.body =
      call.listener == Listener::portal ? "User-agent: *\nDisallow: /api/\n" : "User-agent: *\nDisallow: /\n";
  return response;
}

Response choose_language(const Call& call) {
  Response response = redirect(fmt::format("/{}", code_of(call.language)));
  response.set_header("Vary", "Accept-Language, Cookie");
  return response;
}

}  // namespace hanjari::web
