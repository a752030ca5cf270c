#include "web/message_reader.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <sstream>
#include <stdexcept>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <fmt/format.h>

namespace hanjari::web {
namespace {

[[noreturn]] void refuse(int status, const char* code, const char* en, const char* ko) {
  throw Malformed{status, code, {en, ko}};
}

[[noreturn]] void refuse_head() {
  refuse(400, "malformed_request", "The request cannot be read.", "요청을 읽을 수 없습니다.");
}

// Before any library reads them: no NUL, no bare line feed or carriage return, no folded line, no space before a colon.
void check_lines(std::string_view head) {
  bool first = true;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) refuse_head();
    const auto line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (line.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos) refuse_head();
    if (line.empty()) break;
    if (!first) {
      const auto colon = line.find(':');
      const auto name = line.substr(0, colon);
      if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t") != std::string_view::npos)
        refuse_head();
    }
    first = false;
  }
}

// Fields that may stand only once: two of them could be read in two ways.
bool is_single(const std::string& name) {
  return name == "host" || name == "content-length" || name == "content-type" || name == "transfer-encoding" ||
         name == "origin";
}

Headers read_fields(const Poco::Net::HTTPRequest& message) {
  Headers headers;
  for (const auto& [written, value] : message) {
    std::string name = written;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto [place, fresh] = headers.emplace(name, value);
    if (fresh) continue;
    if (is_single(name)) refuse_head();
    place->second += (name == "cookie" ? "; " : ", ") + value;
  }
  return headers;
}

std::size_t read_length(const Request& request) {
  if (!request.header("transfer-encoding").empty()) {
    refuse(411, "length_required", "Send the request with a Content-Length.", "Content-Length가 있는 요청만 받습니다.");
  }
  const auto found = request.headers.find("content-length");
  if (found == request.headers.end()) return 0;
  const std::string& text = found->second;
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error == std::errc::result_out_of_range) length = std::numeric_limits<std::size_t>::max();
  if (text.empty() || error == std::errc::invalid_argument || end != text.data() + text.size()) refuse_head();
  return length;
}

void read_target(const std::string& target, Request& request) {
  if (!target.starts_with('/') || target.starts_with("//") || std::any_of(target.begin(), target.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '#';
      })) {
    refuse_head();
  }
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
}

}  // namespace

MessageHead read_head(std::string_view head) {
  check_lines(head);
  Poco::Net::HTTPRequest message;
  try {
    std::istringstream stream{std::string(head)};
    message.read(stream);
  } catch (const Poco::Exception&) {
    refuse_head();
  }
  MessageHead read;
  const std::string& version = message.getVersion();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    refuse(505, "version_not_supported", "Only HTTP/1.1 is spoken here.", "HTTP/1.1만 지원합니다.");
  }
  read.request.headers = read_fields(message);
  const std::string& method = message.getMethod();
  if (method == "POST") {
    read.request.method = Method::post;
  } else if (method == "HEAD") {
    read.request.head_only = true;
  } else if (method != "GET") {
    refuse(501, "method_unknown", "Only GET, HEAD and POST are understood.", "GET, HEAD, POST만 지원합니다.");
  }
  if (version == "HTTP/1.1" && read.request.header("host").empty()) refuse_head();
  read_target(message.getURI(), read.request);
  read.body_bytes = read_length(read.request);
  std::string connection(read.request.header("connection"));
  std::transform(connection.begin(), connection.end(), connection.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  read.keep_alive = version == "HTTP/1.1" ? connection.find("close") == std::string::npos
                                          : connection.find("keep-alive") != std::string::npos;
  read.expects_continue = read.request.header("expect") == "100-continue";
  return read;
}

std::string write_message(const Response& response, bool head_only, bool keep_alive, std::string_view date) {
  std::string message = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nConnection: {}\r\n", response.status,
                                    reason_phrase(response.status), date, keep_alive ? "keep-alive" : "close");
  const bool has_body = response.status != 304 && response.status != 204;
  if (has_body)
    message += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", response.type, response.content().size());
  for (const auto& [name, value] : response.headers) {
    // A line break inside a value would begin another field.
    if (value.find_first_of("\r\n") != std::string::npos) throw std::logic_error("line break in header field " + name);
    message += fmt::format("{}: {}\r\n", name, value);
  }
  message += "\r\n";
  if (has_body && !head_only) message += response.content();
  return message;
}

}  // namespace hanjari::web
