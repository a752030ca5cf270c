#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/delivery/carriers.h"

namespace hanjari::delivery {

void SmsCarrier::carry(const services::Message& message) {
  if (settings_.url.empty()) {
    throw Unavailable("no_sms_gateway",
                      {"no SMS gateway is configured (sms.url)", "문자 발송 서버가 설정되지 않았습니다(sms.url)"});
  }
  const std::string body = nlohmann::json{
      {"id", message.dedupe_id},
      {"from", settings_.from},
      {"to", message.to},
      {"text", message.body}}.dump();
  int status = 0;
  try {
    const Poco::URI address(settings_.url);
    Poco::Net::HTTPClientSession session(address.getHost(), address.getPort());
    session.setTimeout(Poco::Timespan(settings_.timeout.count(), 0));
    Poco::Net::HTTPRequest request(Poco::Net::HTTPRequest::HTTP_POST, address.getPathAndQuery(),
                                   Poco::Net::HTTPMessage::HTTP_1_1);
    request.setContentType("application/json");
    request.setContentLength(static_cast<std::streamsize>(body.size()));
    request.set("Idempotency-Key", message.dedupe_id);
    if (!settings_.key.empty()) request.set("Authorization", "Bearer " + settings_.key);
    session.sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    session.receiveResponse(response);
    status = static_cast<int>(response.getStatus());
  } catch (const Poco::Exception&) {
    throw Unavailable("sms_unreachable", {"the SMS gateway does not answer", "문자 발송 서버가 응답하지 않습니다"});
  }
  if (status >= 200 && status < 300) return;
  if (status == 429 || status >= 500) {
    throw Unavailable("sms_put_off", {"the SMS gateway takes it later", "문자 발송 서버가 나중에 받겠다고 합니다"});
  }
  throw InvalidInput("sms_refused",
                     {"the SMS gateway refuses this message", "문자 발송 서버가 이 문자를 거부했습니다"});
}

}  // namespace hanjari::delivery
