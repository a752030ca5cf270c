#include "http/message_writer.h"

#include <ctime>
#include <stdexcept>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <fmt/format.h>

namespace hanjari::web {
namespace {

// Written once a second.
const std::string& date_now() {
  thread_local std::time_t written_for = 0;
  thread_local std::string date;
  if (const std::time_t now = std::time(nullptr); now != written_for) {
    date = Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now), Poco::DateTimeFormat::HTTP_FORMAT);
    written_for = now;
  }
  return date;
}

}  // namespace

bool has_body(int status) {
  return status != 304 && status != 204;
}

std::string write_lasting_head(const Response& response) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  if (has_body(response.status)) {
    head += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", response.type, response.content().size());
  }
  for (const auto& [name, value] : response.headers) {
    // A line break inside a value would begin another field.
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      throw std::logic_error("line break in header field " + name);
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  return head;
}

void append_moment(std::string& message, std::string_view request_id, After after) {
  message += "Date: ";
  message += date_now();
  if (!request_id.empty()) {
    message += "\r\nX-Request-Id: ";
    message += request_id;
  }
  if (after == After::close) message += "\r\nConnection: close";
  if (after == After::keep_and_say_so) message += "\r\nConnection: keep-alive";
  message += "\r\n\r\n";
}

std::string write_head(const Response& response, std::string_view request_id, After after) {
  std::string head = write_lasting_head(response);
  append_moment(head, request_id, after);
  return head;
}

}  // namespace hanjari::web
