#include "hanjari/outgoing/http_call.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketImpl.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <sstream>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/outgoing/deadline.h"
#include "hanjari/outgoing/tls_context.h"

namespace hanjari::outgoing {
namespace {

constexpr int least_status = 100;

[[noreturn]] void throw_bad_url(const std::string& url) {
  throw InvalidInput("bad_url", {"'" + url + "' is not an address of HTTP or HTTPS",
                                 in_korean("'{}'[은/는] HTTP나 HTTPS 주소가 아닙니다", url)});
}

// What the program is told by others too (a provider's addresses) goes into heads of calls and answers: neither a line break nor a
// space may end them.
bool is_one_word(const std::string& url) {
  return std::none_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

Poco::URI read_url(const std::string& url) {
  if (!is_one_word(url)) throw_bad_url(url);
  try {
    Poco::URI address(url);
    if ((address.getScheme() == "https" || address.getScheme() == "http") && !address.getHost().empty() &&
        address.getUserInfo().empty()) {
      return address;
    }
  } catch (const Poco::Exception&) {
  }
  throw_bad_url(url);
}

// The library's sessions, whose connection is given to the deadline as soon as there is one.
class PlainSession : public Poco::Net::HTTPClientSession {
 public:
  PlainSession(const Poco::URI& address, Deadline& deadline)
      : HTTPClientSession(address.getHost(), address.getPort()), deadline_(deadline) {}

 protected:
  void connect(const Poco::Net::SocketAddress& to) override {
    HTTPClientSession::connect(to);
    deadline_.hold(socket().impl()->sockfd());
  }

 private:
  Deadline& deadline_;
};

// Connected here and not by the library, which shakes hands as it connects: that can be dripped too.
class ProtectedSession : public Poco::Net::HTTPSClientSession {
 public:
  ProtectedSession(const Poco::URI& address, const CallLimits& limits, Deadline& deadline)
      : ProtectedSession(address, client_context(limits.authorities), deadline) {}

 protected:
  void connect(const Poco::Net::SocketAddress& to) override {
    Poco::Net::StreamSocket plain;
    plain.connect(to, getTimeout());
    plain.setReceiveTimeout(getTimeout());
    plain.setSendTimeout(getTimeout());
    plain.setNoDelay(true);
    deadline_.hold(plain.impl()->sockfd());
    attachSocket(Poco::Net::SecureStreamSocket::attach(plain, getHost(), context_));
  }

 private:
  ProtectedSession(const Poco::URI& address, const Poco::Net::Context::Ptr& context, Deadline& deadline)
      : HTTPSClientSession(address.getHost(), address.getPort(), context), context_(context), deadline_(deadline) {}
  Poco::Net::Context::Ptr context_;
  Deadline& deadline_;
};

std::unique_ptr<Poco::Net::HTTPClientSession> open_session(const Poco::URI& address, const CallLimits& limits,
                                                           Deadline& deadline) {
  if (address.getScheme() == "http") return std::make_unique<PlainSession>(address, deadline);
  return std::make_unique<ProtectedSession>(address, limits, deadline);
}

// At most `longest` bytes.
std::string read_body(std::istream& stream, std::size_t longest) {
  std::string body;
  std::array<char, 16 * 1024> piece{};
  while (stream) {
    stream.read(piece.data(), piece.size());
    body.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (body.size() > longest) throw Poco::DataException("reply too long");
  }
  return body;
}

// As it was sent: the library keeps it as an enumeration that ends at 511, and servers say 520 and 599 too. Reading such a value
// from it is undefined, writing the head again is not.
int status_of(const Poco::Net::HTTPResponse& response) {
  std::ostringstream head;
  response.write(head);
  const std::string line = head.str();
  int status = 0;
  if (const std::size_t space = line.find(' '); space != std::string::npos)
    std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
  return status;
}

}  // namespace

HttpReply send(const HttpCall& call, const CallLimits& limits) {
  const Poco::URI address = read_url(call.url);
  try {
    Deadline deadline(limits.timeout);
    const auto session = open_session(address, limits, deadline);
    session->setTimeout(Poco::Timespan(limits.timeout.count(), 0));
    const std::string path = address.getPathAndQuery();
    Poco::Net::HTTPRequest request(call.method, path.empty() ? "/" : path, Poco::Net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : call.fields) request.set(name, value);
    if (!call.type.empty()) request.setContentType(call.type);
    if (call.method != "GET") request.setContentLength(static_cast<std::streamsize>(call.body.size()));
    session->sendRequest(request) << call.body;
    Poco::Net::HTTPResponse response;
    std::istream& stream = session->receiveResponse(response);
    HttpReply reply{status_of(response), read_body(stream, limits.longest_body)};
    if (deadline.has_cut()) throw Poco::TimeoutException("time is up");
    if (reply.status < least_status) throw Poco::DataException("no status");
    if (response.hasContentLength() && response.getContentLength64() != static_cast<Poco::Int64>(reply.body.size()))
      throw Poco::DataException("reply cut off");
    return reply;
  } catch (const Poco::Exception&) {
    // Poco's words may hold the address with its query: they stay here.
    throw Unavailable("unreachable", {address.getHost() + " does not answer as it should",
                                      in_korean("{}[이/가] 제대로 응답하지 않습니다", address.getHost())});
  }
}

void require_private(const std::string& url) {
  const Poco::URI address = read_url(url);
  const std::string& host = address.getHost();
  if (address.getScheme() == "https" || host == "127.0.0.1" || host == "::1" || host == "localhost") return;
  throw InvalidInput("bad_url", {"'" + url + "' must begin with https://: what goes there is secret",
                                 in_korean("'{}'[은/는] https://로 시작해야 합니다. 비밀 정보를 보내는 주소입니다", url)});
}

}  // namespace hanjari::outgoing
