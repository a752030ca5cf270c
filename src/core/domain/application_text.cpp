#include "hanjari/domain/application_text.h"

#include "hanjari/base/typed_text.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/spelling.h"

namespace hanjari {
namespace {

template <class Code>
void clean_id(Code& code) {
  code = Code(clean_signs(code.text()));
}

}  // namespace

ApplicationForm clean_form(ApplicationForm form) {
  ContactFault ignored;
  clean_id(form.unit);
  clean_id(form.photo);
  form.name = clean_line(form.name);
  const auto phone = read_phone(form.phone, ignored);
  form.phone = phone ? phone->written() : clean_signs(form.phone);
  const auto email = read_email(form.email, ignored);
  form.email = email ? *email : clean_signs(form.email);
  form.area = clean_signs(form.area);
  form.address = clean_line(form.address);
  form.licence = clean_line(form.licence);
  for (std::string* number : {&form.licence_number, &form.quota_proof, &form.waiver_proof})
    *number = clean_signs(*number);
  for (std::string& code : form.electives) code = clean_signs(code);
  for (BonusClaim& claim : form.bonuses) claim.proof = clean_signs(claim.proof);
  for (AccommodationRequest& request : form.accommodations) {
    // "확대문제지" and "Large print" are kept as the word of the contract.
    request.item = std::string(read_accommodation_item(request.item).value_or(clean_line(request.item)));
    request.reason = clean_lines(request.reason);
    for (AttachmentId& document : request.documents) clean_id(document);
  }
  return form;
}

}  // namespace hanjari
