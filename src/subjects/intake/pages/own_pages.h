// What applicants see and do after submitting.
#pragma once

#include <string>

#include "hanjari/domain/application.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_own_applications(const Call& call);
Response show_own_application(const Call& call);
Response download_receipt(const Call& call);
Response download_receipt_paper(const Call& call);
Response send_own_photo(const Call& call);
Response download_own_document(const Call& call);
// What of the person who has signed in was begun and not submitted. Pages that are the same for everybody ask for it: by
// themselves they cannot tell.
Response list_own_unsent(const Call& call);
Response show_withdraw(const Call& call);
Response withdraw_application(const Call& call);
// The database is away: gives a ticket for the moment of this try.
Response keep_withdrawal(const Call& call);
Response show_payment(const Call& call);
Response begin_own_payment(const Call& call);
Response show_self_report(const Call& call);
Response send_self_report(const Call& call);
// As keep_withdrawal: the hour of reports may pass before the database is back.
Response keep_self_report(const Call& call);

// Of the test provider, which stands in for another site.
Response choose_pay_language(const Call& call);
Response show_test_payment(const Call& call);
Response decide_test_payment(const Call& call);
// The application that the order is of. Whoever has been given the address alone is nobody to it: throws NotFound
// (unknown_order, unknown_application) unless it is the own one.
ApplicationId load_own_order(const Call& call, const std::string& order);

}  // namespace hanjari::web
