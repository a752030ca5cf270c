#include "http/head_parser.h"

#include <algorithm>
#include <array>
#include <limits>

#include "http/ascii.h"

namespace hanjari::web {
namespace {

[[noreturn]] void refuse(int status, const char* code, const char* en, const char* ko) {
  throw Malformed{status, code, {en, ko}};
}

[[noreturn]] void refuse_large_head() {
  refuse(431, "head_too_large", "The request's head is too large.", "요청 헤더가 너무 큽니다.");
}

// Method, version and blanks of a request line.
constexpr std::size_t longest_around_target = 64;

using Table = std::array<bool, 256>;

// Letters of methods and field names (RFC 9110, 5.6.2).
constexpr Table token_letters = [] {
  Table table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// Values: visible letters, blanks and what is beyond ASCII; no other control character.
constexpr Table value_letters = [] {
  Table table{};
  for (std::size_t c = 0x20; c < table.size(); ++c) table[c] = c != 0x7F;
  table['\t'] = true;
  return table;
}();

// Addresses: visible ASCII; a fragment is never sent.
constexpr Table target_letters = [] {
  Table table{};
  for (std::size_t c = 0x21; c < 0x7F; ++c) table[c] = c != '#';
  return table;
}();

constexpr Table host_letters = [] {
  Table table{};
  for (std::size_t c = 0x21; c < 0x7F; ++c) table[c] = token_letters[c] || c == ':' || c == '[' || c == ']';
  return table;
}();

bool all_in(const Table& table, std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return table[static_cast<unsigned char>(c)]; });
}

// `name` is in lower case.
bool is_named(std::string_view written, std::string_view name) {
  return written.size() == name.size() &&
         std::equal(written.begin(), written.end(), name.begin(), [](char a, char b) { return lower(a) == b; });
}

// Fields that may stand only once: two of them could be read in two ways.
bool is_single(std::string_view name) {
  constexpr std::array<std::string_view, 10> single{
      "host",          "content-length", "content-type",     "transfer-encoding", "origin", "expect", "accept-encoding",
      "if-none-match", "range",          "x-forwarded-proto"};
  return std::any_of(single.begin(), single.end(), [&](std::string_view wanted) { return is_named(name, wanted); });
}

// Whether the list names `token` (in lower case).
bool lists(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    auto word = list.substr(0, comma);
    while (!word.empty() && (word.front() == ' ' || word.front() == '\t')) word.remove_prefix(1);
    while (!word.empty() && (word.back() == ' ' || word.back() == '\t')) word.remove_suffix(1);
    if (is_named(word, token)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

void refuse_malformed() {
  refuse(400, "malformed_request", "The request cannot be read.", "요청을 읽을 수 없습니다.");
}

void HeadParser::restart() {
  looked_at_ = line_begin_ = 0;
  has_request_line_ = head_only_ = old_ = chunked_ = expects_continue_ = false;
  keep_alive_ = true;
  method_ = Method::get;
  path_ = query_ = {};
  body_bytes_ = 0;
  fields_.clear();
}

std::optional<std::size_t> HeadParser::read(std::string_view bytes) {
  while (true) {
    // Another protocol (TLS, say) is known by its first byte; it may never send a line end.
    if (!has_request_line_ && bytes.size() > line_begin_) {
      const char first = bytes[line_begin_];
      if (first != '\r' && first != '\n' && (first < 'A' || first > 'Z')) refuse_malformed();
    }
    const auto end = bytes.find('\n', std::max(looked_at_, line_begin_));
    const std::size_t line_size = std::min(end, bytes.size()) - line_begin_;
    if (!has_request_line_ && line_size > limits_.target_bytes + longest_around_target) {
      refuse(414, "address_too_long", "The address is too long.", "주소가 너무 깁니다.");
    }
    if (end == std::string_view::npos || end >= limits_.bytes) {
      looked_at_ = std::min(bytes.size(), limits_.bytes);
      if (bytes.size() >= limits_.bytes) refuse_large_head();
      return std::nullopt;
    }
    if (end == line_begin_ || bytes[end - 1] != '\r') refuse_malformed();  // a bare line feed
    const std::size_t begin = line_begin_;
    line_begin_ = looked_at_ = end + 1;
    if (begin + 1 == end) {  // an empty line
      if (!has_request_line_) {
        if (begin > 0) refuse_malformed();  // one before a request is to be skipped, RFC 9112, 2.2
        continue;
      }
      judge(bytes);
      return line_begin_;
    }
    if (has_request_line_) {
      read_field(bytes, begin, end - 1);
    } else {
      read_request_line(bytes, begin, end - 1);
    }
  }
}

void HeadParser::read_request_line(std::string_view bytes, std::size_t begin, std::size_t end) {
  const auto line = bytes.substr(begin, end - begin);
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) refuse_malformed();
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, second - first - 1);
  const auto version = line.substr(second + 1);
  if (!all_in(token_letters, method) || !all_in(target_letters, target)) refuse_malformed();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    const bool is_http = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.' &&
                         version[5] >= '0' && version[5] <= '9' && version[7] >= '0' && version[7] <= '9';
    if (!is_http) refuse_malformed();
    refuse(505, "version_not_supported", "Only HTTP/1.1 is spoken here.", "HTTP/1.1만 지원합니다.");
  }
  if (target.size() > limits_.target_bytes)
    refuse(414, "address_too_long", "The address is too long.", "주소가 너무 깁니다.");
  if (method == "POST") {
    method_ = Method::post;
  } else if (method == "HEAD") {
    head_only_ = true;
  } else if (method != "GET") {
    refuse(501, "method_unknown", "Only GET, HEAD and POST are understood.", "GET, HEAD, POST만 지원합니다.");
  }
  if (!target.starts_with('/') || target.starts_with("//")) refuse_malformed();
  const auto at = static_cast<std::uint32_t>(begin + first + 1);
  const auto mark = target.find('?');
  path_ = {at, static_cast<std::uint32_t>(std::min(mark, target.size()))};
  if (mark != std::string_view::npos) {
    query_ = {static_cast<std::uint32_t>(at + mark + 1), static_cast<std::uint32_t>(target.size() - mark - 1)};
  }
  old_ = version == "HTTP/1.0";
  has_request_line_ = true;
}

void HeadParser::read_field(std::string_view bytes, std::size_t begin, std::size_t end) {
  if (fields_.size() == limits_.fields) refuse_large_head();
  const auto line = bytes.substr(begin, end - begin);
  const auto colon = line.find(':');
  // Also refuses folded lines and blanks before the colon.
  if (colon == std::string_view::npos || colon == 0 || !all_in(token_letters, line.substr(0, colon)))
    refuse_malformed();
  std::size_t from = colon + 1;
  std::size_t to = line.size();
  while (from < to && (line[from] == ' ' || line[from] == '\t')) ++from;
  while (to > from && (line[to - 1] == ' ' || line[to - 1] == '\t')) --to;
  if (!all_in(value_letters, line.substr(from, to - from))) refuse_malformed();
  fields_.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(colon)},
                     {static_cast<std::uint32_t>(begin + from), static_cast<std::uint32_t>(to - from)}});
}

std::string_view HeadParser::find(std::string_view head, std::string_view name) const {
  for (const FieldPlace& field : fields_) {
    if (is_named(head.substr(field.name.at, field.name.size), name))
      return head.substr(field.value.at, field.value.size);
  }
  return {};
}

// What only the whole head tells.
void HeadParser::judge(std::string_view bytes) {
  bool has_host = false;
  for (std::size_t at = 0; at < fields_.size(); ++at) {
    const auto name = bytes.substr(fields_[at].name.at, fields_[at].name.size);
    const auto value = bytes.substr(fields_[at].value.at, fields_[at].value.size);
    if (is_single(name)) {
      for (std::size_t other = at + 1; other < fields_.size(); ++other) {
        const auto again = bytes.substr(fields_[other].name.at, fields_[other].name.size);
        if (again.size() == name.size() &&
            std::equal(name.begin(), name.end(), again.begin(), [](char a, char b) { return lower(a) == lower(b); })) {
          refuse_malformed();
        }
      }
    }
    if (is_named(name, "host")) {
      has_host = true;
      if (value.empty() || !all_in(host_letters, value)) refuse_malformed();
    } else if (is_named(name, "connection")) {
      if (lists(value, "close")) keep_alive_ = false;
    } else if (is_named(name, "expect")) {
      if (!is_named(value, "100-continue"))
        refuse(417, "expectation_failed", "Only 100-continue can be expected.", "100-continue만 지원합니다.");
      expects_continue_ = !old_;
    }
  }
  if (!has_host && !old_) refuse_malformed();
  if (old_) keep_alive_ = keep_alive_ && lists(find(bytes, "connection"), "keep-alive");
  judge_length(bytes);
}

void HeadParser::judge_length(std::string_view bytes) {
  const auto has = [&](std::string_view name) {
    return std::any_of(fields_.begin(), fields_.end(), [&](const FieldPlace& field) {
      return is_named(bytes.substr(field.name.at, field.name.size), name);
    });
  };
  const bool has_length = has("content-length");
  if (has("transfer-encoding")) {
    // Together with a length, or in version 1.0, a proxy before us may have read it otherwise.
    if (has_length || old_) refuse_malformed();
    if (!is_named(find(bytes, "transfer-encoding"), "chunked")) {
      refuse(501, "coding_unknown", "Only the transfer coding 'chunked' is understood.", "chunked 전송만 지원합니다.");
    }
    chunked_ = true;
    return;
  }
  if (!has_length) return;
  const auto digits = find(bytes, "content-length");
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) refuse_malformed();
  for (const char digit : digits) {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    if (body_bytes_ > (most - 9) / 10) {
      body_bytes_ = most;  // more than any limit
      return;
    }
    body_bytes_ = body_bytes_ * 10 + static_cast<std::size_t>(digit - '0');
  }
}

Request HeadParser::copy(std::string_view head) const {
  Request request;
  request.method = method_;
  request.head_only = head_only_;
  request.path = path(head);
  request.query = query(head);
  std::string name;
  for (const FieldPlace& field : fields_) {
    name.assign(head.substr(field.name.at, field.name.size));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    request.headers.join(name, head.substr(field.value.at, field.value.size));
  }
  return request;
}

}  // namespace hanjari::web
