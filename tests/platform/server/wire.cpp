#include "server/wire.h"

#include <Poco/Net/NetException.h>

namespace hanjari::web::testing {

using std::chrono::milliseconds;

ServerSettings Serving::quick() {
  ServerSettings settings;
  settings.portal_port = settings.office_port = settings.operations_port = 0;
  settings.workers = 4;
  settings.header_deadline = milliseconds(600);
  settings.body_deadline = milliseconds(600);
  settings.idle_deadline = milliseconds(400);
  settings.answer_deadline = milliseconds(700);
  return settings;
}

Wire::Wire(std::uint16_t port) : socket_(Poco::Net::SocketAddress("127.0.0.1", port)) {
  socket_.setReceiveTimeout(Poco::Timespan(10, 0));
  socket_.setNoDelay(true);
}

void Wire::send(std::string_view bytes) {
  while (!bytes.empty())
    bytes.remove_prefix(static_cast<std::size_t>(socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()))));
}

std::string Wire::read_all(milliseconds timeout) {
  std::string all = std::exchange(buffer_, {});
  char chunk[8192];
  try {
    while (socket_.poll(Poco::Timespan(timeout.count() * 1000), Poco::Net::Socket::SELECT_READ)) {
      const int count = socket_.receiveBytes(chunk, sizeof chunk);
      if (count <= 0) break;
      all.append(chunk, static_cast<std::size_t>(count));
    }
  } catch (const Poco::Exception&) {  // broken off
  }
  return all;
}

std::string Wire::read_answer(bool without_body) {
  char chunk[8192];
  while (true) {
    if (const auto end = buffer_.find("\r\n\r\n"); end != std::string::npos) {
      const std::string length = field_of(buffer_.substr(0, end + 4), "Content-Length");
      const std::size_t size = end + 4 + (without_body || length.empty() ? 0 : std::stoul(length));
      if (buffer_.size() >= size) {
        const std::string answer = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return answer;
      }
    }
    const int count = socket_.receiveBytes(chunk, sizeof chunk);
    if (count <= 0) return std::exchange(buffer_, {});
    buffer_.append(chunk, static_cast<std::size_t>(count));
  }
}

bool Wire::is_closed_by_peer(milliseconds timeout) {
  char byte = 0;
  try {
    return socket_.poll(Poco::Timespan(timeout.count() * 1000), Poco::Net::Socket::SELECT_READ) &&
           socket_.receiveBytes(&byte, 1) <= 0;
  } catch (const Poco::Exception&) {
    return true;
  }
}

std::string exchange(std::uint16_t port, std::string_view bytes) {
  Wire wire(port);
  wire.send(bytes);
  return wire.read_all();
}

std::string get_of(const std::string& path, const std::string& more_fields) {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more_fields + "\r\n";
}

std::string field_of(const std::string& answer, const std::string& name) {
  const auto at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos || at > answer.find("\r\n\r\n")) return "";
  const auto begin = at + name.size() + 4;
  return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

std::string body_of(const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

}  // namespace hanjari::web::testing
