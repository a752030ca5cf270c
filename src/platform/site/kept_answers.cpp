#include "site/kept_answers.h"

#include <mutex>
#include <stdexcept>

#include <zlib.h>

#include "hanjari/base/digest.h"

namespace hanjari::web {
namespace {

// Every route that is kept has few paths; more can only be somebody's invention.
constexpr std::size_t most_kept = 4'000;
constexpr std::size_t worth_gzip = 600;

std::string compress(std::string_view plain) {
  z_stream stream{};
  constexpr int gzip_format = 15 + 16;
  if (::deflateInit2(&stream, 6, Z_DEFLATED, gzip_format, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot begin");
  std::string packed(::deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // zlib reads only
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = ::deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("zlib cannot end");
  return packed;
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") || type.starts_with("image/svg");
}

}  // namespace

std::shared_ptr<const KeptAnswer> KeptAnswers::find(Kind kind, std::string_view path,
                                                    std::chrono::nanoseconds now) const {
  std::shared_ptr<const KeptAnswer> answer;
  {
    const std::shared_lock lock(mutex_);
    const Shelf& shelf = shelves_[index(kind)];
    const auto found = shelf.find(path);
    if (found == shelf.end()) return nullptr;
    answer = found->second;
  }
  const Keep& rule = *answer->route->keep;
  const auto age = now - answer->made_at;
  if (age < rule.fresh) return answer;
  if (age >= rule.fresh + rule.stale) return nullptr;
  return answer->renewed.exchange(true) ? answer : nullptr;
}

void KeptAnswers::keep(Kind kind, std::string_view path, std::shared_ptr<const KeptAnswer> answer) {
  // The same path can be written in countless ways with escapes: those are answered, not kept.
  if (path.find('%') != std::string_view::npos) return;
  const std::unique_lock lock(mutex_);
  Shelf& shelf = shelves_[index(kind)];
  if (shelf.size() >= most_kept && !shelf.contains(path)) return;
  shelf.insert_or_assign(std::string(path), std::move(answer));
}

void KeptAnswers::give_back(Kind kind, std::string_view path) {
  const std::shared_lock lock(mutex_);
  const Shelf& shelf = shelves_[index(kind)];
  if (const auto found = shelf.find(path); found != shelf.end()) found->second->renewed = false;
}

void prepare_to_keep(Response& response, bool gzip) {
  std::string etag(response.header("ETag"));
  const bool tagged = !etag.empty();
  if (!tagged) etag = "\"" + sha256(response.content()).hex().substr(0, 32) + "\"";
  const bool worth = response.lasting_body.empty() ? is_text(response.type) && response.body.size() >= worth_gzip
                                                   : !response.lasting_gzip.empty();
  if (worth) response.set_header("Vary", "Accept-Encoding");
  if (worth && gzip) {
    if (response.lasting_gzip.empty()) {
      response.body = compress(response.body);
    } else {
      response.lasting_body = response.lasting_gzip;
    }
    response.set_header("Content-Encoding", "gzip");
    etag.insert(etag.size() - 1, "-gzip");  // one tag per coding, as the bytes differ
  }
  if (tagged) {
    for (auto& [name, value] : response.headers) {
      if (name == "ETag") value = etag;
    }
  } else {
    response.set_header("ETag", etag);
  }
}

}  // namespace hanjari::web
