// A request and its answer as plain values. Nothing here knows which server read the bytes, so that the front can be
// exchanged and every handler can be called from a test.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"

namespace hanjari::web {

enum class Method { get, post };

// The fields of a request by their names in lower case, in one block of memory. Of a field that was sent twice the
// front joins the values or refuses the request.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  Headers() = default;
  Headers(std::initializer_list<Field> fields) {
    for (const Field& field : fields) set(field.name, field.value);
  }
  // `name` in lower case.
  std::optional<std::string_view> find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name).has_value(); }
  // In place of an earlier value.
  void set(std::string_view name, std::string_view value);
  // Behind an earlier value: with "; " in a cookie, else with ", ".
  void join(std::string_view name, std::string_view value);
  void remove(std::string_view name);
  std::size_t size() const { return places_.size(); }
  Field operator[](std::size_t at) const;

 private:
  struct Place {
    std::uint32_t name_at, name_size, value_at, value_size;
  };
  std::string_view slice(std::uint32_t at, std::uint32_t size) const {
    return std::string_view(bytes_).substr(at, size);
  }
  Place* place_of(std::string_view name);

  std::string bytes_;
  std::vector<Place> places_;
};

// Query or form values by name, percent-decoded, valid UTF-8 without NUL; the first of a repeated name.
using Values = std::map<std::string, std::string, std::less<>>;
// Empty when there is no such value.
std::string field_of(const Values& values, const char* name);

// One field of a form with files. The views are into the body.
struct FormPart {
  std::string name;
  std::optional<std::string> file_name;  // of a file; as the browser says it, never a path to be used
  std::string media_type;                // as the browser says it; empty when it says nothing
  std::string_view content;
};

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
  // Names this request in the log, in the answer and on pages of errors; 13 letters and digits.
  std::string id;
  // The connection to the reader is encrypted (here or at a trusted proxy).
  bool encrypted = false;
  // When its last byte had arrived, by the server's clock, however long it waits for an answer: what counts at a
  // deadline. Nothing where no front read it.
  std::optional<Instant> received_at;
  // Its files were passed over as they came, because nobody was known who may send them: what was typed may be shown again, and
  // nothing else is done with it.
  bool words_only = false;

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
  // The same content gzipped, if there is such a thing; it outlives the answer too.
  std::string_view lasting_gzip;
  std::vector<std::pair<std::string, std::string>> headers;
  Audience audience = Audience::one_reader;
  // The account that asked; empty where nobody is signed in.
  std::string reader;

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

// A value of a form as it is kept: the text itself, or nothing when it is not UTF-8 or holds a control character.
std::optional<std::string> plain_value(std::string_view text);

// The names and values of a=1&b=2 in their order; nothing when one cannot be decoded or there are more than 50.
using Pairs = std::vector<std::pair<std::string, std::string>>;
std::optional<Pairs> parse_pairs(std::string_view text);
// The same by name.
std::optional<Values> parse_values(std::string_view text);

// What the Accept field prefers among `offered` media types, in their order where it is indifferent; nothing when it
// takes none of them. An absent field takes the first.
std::optional<std::string> choose_media_type(std::string_view accept, const std::vector<std::string>& offered);

// Whether an Accept-Encoding field takes gzip.
bool takes_gzip(std::string_view accept_encoding);

// Whether an If-None-Match field names this ETag (RFC 9110, 13.1.2).
bool names_etag(std::string_view if_none_match, std::string_view etag);

// Sends the browser elsewhere with a GET (303). `path` is one of ours and begins with one slash.
Response redirect(const std::string& path);

}  // namespace hanjari::web
