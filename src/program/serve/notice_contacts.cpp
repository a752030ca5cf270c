#include "program/serve/notice_contacts.h"

namespace hanjari::cli {

services::ContactSource contacts_by(services::ApplicationRepository& applications) {
  return [&applications](const std::vector<ApplicantId>& people) {
    services::NoticeContacts contacts;
    for (const ApplicantId& person : people) {
      // Without those of one form that does not open the notices of everybody else are printed all the same.
      const auto application = applications.find_as_listed(ApplicationId(person.text()));
      if (application && application->legible == Legible::yes)
        contacts[person] = {application->form.phone, application->form.email};
    }
    return contacts;
  };
}

}  // namespace hanjari::cli
