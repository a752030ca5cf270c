// A request and its answer as plain values. Nothing here knows which server read the bytes, so that the front can be
// exchanged and every handler can be called from a test.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hanjari::web {

enum class Method { get, post };

// Field names are kept in lower case; of a field that was sent twice the front keeps one or refuses the request.
using Headers = std::map<std::string, std::string, std::less<>>;
// Query or form values by name, percent-decoded, valid UTF-8 without NUL; the first of a repeated name.
using Values = std::map<std::string, std::string, std::less<>>;

struct Request {
  Method method = Method::get;
  // HEAD is answered as GET without its body.
  bool head_only = false;
  std::string path;   // as sent, still percent-encoded, without the query
  std::string query;  // as sent, without the question mark
  Headers headers;
  std::string body;
  // Address of whoever asks: the peer's, or what a trusted proxy says it is.
  std::string source;
  // The connection to the reader is encrypted (here or at a trusted proxy).
  bool encrypted = false;

  // Empty when absent.
  std::string_view header(std::string_view name) const;
  std::optional<std::string> cookie(std::string_view name) const;
};

// Whether an answer says something about a person (never stored by anybody) or is the same for everybody.
enum class Audience { one_reader, everybody };

struct Response {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  // Instead of `body`: bytes that outlive the answer, such as a file held in memory.
  std::string_view lasting_body;
  std::vector<std::pair<std::string, std::string>> headers;
  Audience audience = Audience::one_reader;

  std::string_view content() const { return lasting_body.empty() ? std::string_view(body) : lasting_body; }
  void set_header(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
  // Empty when absent; `name` as written, compared without case.
  std::string_view header(std::string_view name) const;
};

// The words that belong to a status: 404 -> "Not Found".
std::string_view reason_phrase(int status);

// Nothing when an escape is broken, or the result is not UTF-8 or holds a control character.
std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space);
std::string encode_percent(std::string_view text);

// a=1&b=2; nothing when a value cannot be decoded or there are more than 50.
std::optional<Values> parse_values(std::string_view text);

// What the Accept field prefers among `offered` media types, in their order where it is indifferent; nothing when it
// takes none of them. An absent field takes the first.
std::optional<std::string> choose_media_type(std::string_view accept, const std::vector<std::string>& offered);

// Sends the browser elsewhere with a GET (303). `path` is one of ours and begins with one slash.
Response redirect(const std::string& path);

}  // namespace hanjari::web
