#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/domain/contact.h"
#include "hanjari/messages/delivery/carriers.h"
#include "hanjari/outgoing/http_call.h"

namespace hanjari::delivery {

void SmsCarrier::carry(const services::Message& message) {
  if (settings_.url.empty()) {
    throw Unavailable("no_sms_gateway",
                      {"no SMS gateway is configured (sms.url)", "문자 발송 서버가 설정되지 않았습니다(sms.url)"});
  }
  ContactFault ignored;
  const auto phone = read_phone(message.to, ignored);
  if (!phone || !phone->mobile)
    throw InvalidInput("bad_address", {"the number cannot be used", "사용할 수 없는 번호입니다"});
  outgoing::HttpCall call{.method = "POST", .url = settings_.url, .type = "application/json"};
  call.fields["Idempotency-Key"] = message.dedupe_id;
  if (!settings_.key.empty()) call.fields["Authorization"] = "Bearer " + settings_.key;
  call.body =
      nlohmann::json{{"id", message.dedupe_id}, {"from", settings_.from}, {"to", phone->digits}, {"text", message.body}}
          .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  int status = 0;
  try {
    status = outgoing::send(call, {.timeout = settings_.timeout, .authorities = settings_.authorities}).status;
  } catch (const Unavailable&) {
    throw Unavailable("sms_unreachable", {"the SMS gateway does not answer", "문자 발송 서버가 응답하지 않습니다"});
  } catch (const InvalidInput&) {
    throw Unavailable("sms_not_admitted", {"the address of the SMS gateway cannot be used; look at sms.url",
                                           "문자 발송 서버의 주소를 쓸 수 없습니다. sms.url을 확인하십시오"});
  }
  if (status >= 200 && status < 300) return;
  if (status == 429 || status >= 500) {
    throw Unavailable("sms_put_off", {"the SMS gateway takes it later", "문자 발송 서버가 나중에 받겠다고 합니다"});
  }
  // Only these concern this one message. A key that has expired or an address that has moved concerns all of them and may
  // be mended by an operator: messages must not be given up for it.
  if (status != 400 && status != 413 && status != 422) {
    throw Unavailable("sms_not_admitted", {"the SMS gateway admits none of our messages; look at sms.url and its key",
                                           "문자 발송 서버가 문자를 받지 않습니다. sms.url과 키를 확인하십시오"});
  }
  throw InvalidInput("sms_refused",
                     {"the SMS gateway refuses this message", "문자 발송 서버가 이 문자를 거부했습니다"});
}

}  // namespace hanjari::delivery
