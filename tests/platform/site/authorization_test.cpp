// The authorization matrix: every route as nobody, as every role, as the owner and as a stranger, before and after its
// exam is live. What is allowed is written here a second time, so that a right changes in two places or not at all.
#include <array>
#include <cctype>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/digest.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using services::Role;

// Listener, method, pattern, who (role:reach), state of the exam.
const std::vector<std::string> written_rights{
    "portal GET / anybody not_named",
    "portal GET /{language} anybody not_named",
    "portal GET /{language}/exams/{code}/seat anybody live",
    "portal POST /{language}/exams/{code}/seat anybody live",
    "portal POST /{language}/exams/{code}/slip anybody live",
    "portal GET /check anybody not_named",
    "portal GET /{language}/check anybody not_named",
    "portal GET /api/v1/exams anybody not_named",
    "portal GET /api/v1/openapi.json anybody not_named",
    "portal GET /assets/{name} anybody not_named",
    "portal GET /{language}/sign-in anybody not_named",
    "portal POST /{language}/sign-in anybody not_named",
    "portal GET /{language}/sign-in/{ticket} anybody not_named",
    "portal POST /{language}/sign-in/{ticket} anybody not_named",
    "portal GET /{language}/sign-up anybody not_named",
    "portal POST /{language}/sign-up anybody not_named",
    "portal GET /{language}/sign-up/{ticket} anybody not_named",
    "portal POST /{language}/sign-up/{ticket} anybody not_named",
    "portal GET /{language}/forgotten anybody not_named",
    "portal POST /{language}/forgotten anybody not_named",
    "portal GET /{language}/forgotten/{ticket} anybody not_named",
    "portal POST /{language}/forgotten/{ticket} anybody not_named",
    "portal POST /{language}/sign-out anybody not_named",
    "portal GET /{language}/account applicant:own not_named",
    "portal GET /api/v1/own-name anybody not_named",
    "portal POST /{language}/account/sessions applicant:own not_named",
    "portal POST /{language}/account/sessions/others applicant:own not_named",
    "portal GET /favicon.ico anybody not_named",
    "portal GET /robots.txt anybody not_named",
    "portal GET /{language}/notices/{notice} anybody not_named",
    "portal GET /{language}/notices/{notice}/calendar anybody not_named",
    "portal GET /{language}/about/{about} anybody not_named",
    "portal GET /pay/{order} anybody not_named",
    "portal GET /{language}/pay/{order} applicant:own not_named",
    "portal POST /{language}/pay/{order} applicant:own not_named",
    "portal GET /{language}/apply/{notice} applicant:own not_named",
    "portal GET /{language}/apply/{notice}/unit applicant:own not_named",
    "portal POST /{language}/apply/{notice}/unit applicant:own not_named",
    "portal GET /{language}/apply/{notice}/person applicant:own not_named",
    "portal POST /{language}/apply/{notice}/person applicant:own not_named",
    "portal GET /{language}/apply/{notice}/photo applicant:own not_named",
    "portal POST /{language}/apply/{notice}/photo applicant:own not_named",
    "portal POST /{language}/apply/{notice}/photo/portrait applicant:own not_named",
    "portal GET /{language}/apply/{notice}/photo/preview applicant:own not_named",
    "portal GET /{language}/apply/{notice}/claims applicant:own not_named",
    "portal POST /{language}/apply/{notice}/claims applicant:own not_named",
    "portal GET /{language}/apply/{notice}/support applicant:own not_named",
    "portal POST /{language}/apply/{notice}/support applicant:own not_named",
    "portal GET /{language}/apply/{notice}/review applicant:own not_named",
    "portal GET /{language}/apply/{notice}/submit applicant:own not_named",
    "portal POST /{language}/apply/{notice}/submit applicant:own not_named",
    "portal GET /{language}/apply/{notice}/discard applicant:own not_named",
    "portal POST /{language}/apply/{notice}/discard applicant:own not_named",
    "portal GET /{language}/my applicant:own not_named",
    "portal GET /{language}/my/photos/{attachment} applicant:own not_named",
    "portal GET /{language}/my/documents/{attachment} applicant:own not_named",
    "portal GET /{language}/my/{application} applicant:own not_named",
    "portal GET /{language}/my/{application}/receipt applicant:own not_named",
    "portal GET /{language}/my/{application}/receipt/paper applicant:own not_named",
    "portal GET /{language}/my/{application}/withdraw applicant:own not_named",
    "portal POST /{language}/my/{application}/withdraw applicant:own not_named",
    "portal GET /{language}/my/{application}/payment applicant:own not_named",
    "portal POST /{language}/my/{application}/payment applicant:own not_named",
    "portal GET /{language}/my/{application}/seat applicant:own not_named",
    "portal GET /{language}/my/{application}/wallet applicant:own not_named",
    "portal POST /{language}/my/{application}/slip applicant:own not_named",
    "portal GET /{language}/my/{application}/report applicant:own not_named",
    "portal POST /{language}/my/{application}/report applicant:own not_named",
    "portal GET /api/v1/recruitments anybody not_named",
    "portal GET /api/v1/recruitments/{notice} anybody not_named",
    "portal GET /api/v1/receipt-key anybody not_named",
    "portal POST /api/v1/payment-notifications anybody not_named",
    "portal POST /api/v1/test-orders/{order}/decisions applicant:own not_named",
    "portal GET /api/v1/recruitments/{notice}/drafts applicant:own not_named",
    "portal POST /api/v1/recruitments/{notice}/drafts applicant:own not_named",
    "portal GET /api/v1/recruitments/{notice}/drafts/faults applicant:own not_named",
    "portal POST /api/v1/recruitments/{notice}/drafts/discards applicant:own not_named",
    "portal POST /api/v1/recruitments/{notice}/applications applicant:own not_named",
    "portal GET /api/v1/applications applicant:own not_named",
    "portal GET /api/v1/own-unsent anybody not_named",
    "portal GET /api/v1/applications/{application} applicant:own not_named",
    "portal GET /api/v1/applications/{application}/receipts applicant:own not_named",
    "portal POST /api/v1/applications/{application}/payments applicant:own not_named",
    "portal POST /api/v1/applications/{application}/withdrawals applicant:own not_named",
    "portal POST /api/v1/applications/{application}/self-reports applicant:own not_named",
    "office GET /api/v1/recruitments exam_officer:everything not_named",
    "office POST /api/v1/recruitments exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/states exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/applications exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/counts exam_officer:everything not_named",
    "office POST /api/v1/applications/{application}/accommodation-decisions exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/self-reports exam_officer:everything not_named",
    "office POST /api/v1/self-reports/{report}/decisions exam_officer:everything not_named",
    "office POST /api/v1/self-reports/decisions exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/self-report-previews exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/self-report-jobs exam_officer:everything not_named",
    "office GET /api/v1/messages/failures exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/closings exam_officer:everything not_named",
    "office GET / anybody not_named",
    "office GET /{language} exam_officer:everything district_coordinator:own_district venue_chief:own_venue "
    "auditor:everything administrator:everything not_named",
    "office GET /{language}/exams exam_officer:everything district_coordinator:own_district venue_chief:own_venue "
    "auditor:everything administrator:everything not_named",
    "office GET /{language}/exams/{code}/venues exam_officer:everything district_coordinator:own_district live",
    "office GET /{language}/exams/{code}/venue-offers exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/requests exam_officer:everything any",
    "office POST /{language}/exams/{code}/venue-offers/copies exam_officer:everything district_coordinator:own_district "
    "any",
    "office POST /{language}/exams/{code}/venue-offers/adoptions exam_officer:everything any",
    "office GET /{language}/exams/{code}/venue-offers/{venue_code} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code}/rooms exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-offers/{venue_code}/rooms.xlsx exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-offers/{venue_code}/rooms exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code}/steps exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /{language}/exams/{code}/venue-offers/{venue_code}/rooms/{room} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code}/rooms/{room} exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /{language}/exams/{code}/venue-letters exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-letters exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-instructions exam_officer:everything any",
    "office POST /{language}/exams/{code}/venue-instructions/receipts district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-letters exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-letters exam_officer:everything district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-instructions exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-instructions exam_officer:everything any",
    "office POST /api/v1/exams/{code}/venue-instructions/receipts district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code}/files exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /{language}/exams/{code}/venue-offers/{venue_code}/files/{file} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code}/files/{file}/removals exam_officer:everything "
    "district_coordinator:own_district any",
    "portal GET /{language}/subject-checks/{ticket} anybody not_named",
    "portal POST /{language}/subject-checks/{ticket} anybody not_named",
    "portal GET /{language}/venue-confirmations/{ticket} anybody not_named",
    "portal POST /{language}/venue-confirmations/{ticket} anybody not_named",
    "office GET /api/v1/exams/{code}/venue-requests exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-requests exam_officer:everything any",
    "office GET /api/v1/exams/{code}/venue-offers exam_officer:everything district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-offers/{venue_code} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-offers/{venue_code} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-offers/{venue_code}/steps exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-adoptions exam_officer:everything any",
    "office GET /api/v1/exams/{code}/venue-files/{table} exam_officer:everything any",
    "office GET /{language}/sign-in anybody not_named",
    "office POST /{language}/sign-in anybody not_named",
    "office GET /{language}/sign-in/provider anybody not_named",
    "office POST /{language}/sign-in/provider anybody not_named",
    "office GET /sign-in/provider anybody not_named",
    "office GET /{language}/second-step anybody not_named",
    "office POST /{language}/second-step anybody not_named",
    "office POST /{language}/second-step/key anybody not_named",
    "office GET /{language}/account exam_officer:own district_coordinator:own venue_chief:own auditor:own "
    "administrator:own not_named",
    "office POST /{language}/account/sessions exam_officer:own district_coordinator:own venue_chief:own auditor:own "
    "administrator:own not_named",
    "office POST /{language}/account/sessions/others exam_officer:own district_coordinator:own venue_chief:own "
    "auditor:own administrator:own not_named",
    "office POST /{language}/account/password exam_officer:own district_coordinator:own venue_chief:own auditor:own "
    "administrator:own not_named",
    "office POST /{language}/account/recovery-codes exam_officer:own district_coordinator:own venue_chief:own "
    "auditor:own administrator:own not_named",
    "office GET /{language}/account/codes exam_officer:own district_coordinator:own venue_chief:own auditor:own "
    "administrator:own not_named",
    "office POST /{language}/account/codes exam_officer:own district_coordinator:own venue_chief:own auditor:own "
    "administrator:own not_named",
    "office POST /{language}/account/security-keys exam_officer:own district_coordinator:own venue_chief:own "
    "auditor:own administrator:own not_named",
    "office POST /{language}/account/security-keys/remove exam_officer:own district_coordinator:own venue_chief:own "
    "auditor:own administrator:own not_named",
    "office GET /{language}/staff administrator:everything not_named",
    "office POST /{language}/staff administrator:everything not_named",
    "office GET /{language}/staff/{account} administrator:everything not_named",
    "office POST /{language}/staff/{account}/steps administrator:everything not_named",
    "office GET /{language}/invitations/{ticket} anybody not_named",
    "office POST /{language}/invitations/{ticket} anybody not_named",
    "office GET /api/v1/staff administrator:everything not_named",
    "office POST /api/v1/staff administrator:everything not_named",
    "office POST /api/v1/staff/{account}/steps administrator:everything not_named",
    "office GET /{language}/audit auditor:everything not_named",
    "office GET /api/v1/audit-entries auditor:everything not_named",
    "office POST /{language}/audit-exports auditor:everything not_named",
    "office POST /api/v1/audit-exports auditor:everything not_named",
    "office GET /{language}/keys administrator:everything not_named",
    "office POST /{language}/keys administrator:everything not_named",
    "office POST /{language}/sign-out anybody not_named",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/rosters exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/rosters.{format} exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/own-venues venue_chief:own_venue not_named",
    "office GET /{language}/schools exam_officer:everything district_coordinator:own_district not_named",
    "office POST /{language}/schools/removals exam_officer:everything district_coordinator:own_district not_named",
    "office POST /{language}/exams/{code}/venue-offers/library exam_officer:everything district_coordinator:own_district "
    "any",
    "office POST /{language}/exams/{code}/venue-offers/{venue_code}/kept exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /api/v1/schools exam_officer:everything district_coordinator:own_district not_named",
    "office POST /api/v1/schools/removals exam_officer:everything district_coordinator:own_district not_named",
    "office POST /api/v1/exams/{code}/venue-library exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-offers/{venue_code}/kept exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /{language}/venue-requests exam_officer:everything not_named",
    "office GET /{language}/exams/{code}/venue-chiefs exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-chiefs exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/venue-chiefs/removals exam_officer:everything district_coordinator:own_district "
    "any",
    "office GET /api/v1/exams/{code}/venue-chiefs exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-chiefs exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-chiefs/removals exam_officer:everything district_coordinator:own_district any",
    "office GET /{language}/exams/{code}/venue-letters/files/{file} exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-letters/files/{file} exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-offers/{venue_code}/files exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-offers/{venue_code}/files exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /api/v1/exams/{code}/venue-offers/{venue_code}/files/{file} exam_officer:everything "
    "district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/venue-offers/{venue_code}/files/{file}/removals exam_officer:everything "
    "district_coordinator:own_district any",
    "office GET /{language}/exams/{code}/plans exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans exam_officer:everything any",
    "office POST /{language}/exams/{code}/replans exam_officer:everything any",
    "office POST /api/v1/exams/{code}/replans exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans exam_officer:everything any",
    "office POST /api/v1/exams/{code}/plans exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan} exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/steps exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/publications exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans/{plan}/differences exam_officer:everything any",
    "office POST /api/v1/exams/{code}/plans/{plan}/steps exam_officer:everything any",
    "office POST /api/v1/exams/{code}/live-plans exam_officer:everything any",
    "office GET /api/v1/exams/{code}/live-plans exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/withdrawals exam_officer:everything any",
    "office GET /api/v1/exams/{code}/withdrawals exam_officer:everything any",
    "office POST /api/v1/exams/{code}/withdrawals exam_officer:everything any",
    "office GET /{language}/exams/{code}/comparison exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/map exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/far-people exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/fairness exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/venues/{site} exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/venues/{site}/rooms/{room} exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/edits exam_officer:everything any",
    "office GET /{language}/exams/{code}/edits exam_officer:everything any",
    "office GET /{language}/exams/{code}/edits/{session} exam_officer:everything any",
    "office GET /{language}/exams/{code}/edits/{session}/rooms exam_officer:everything any",
    "office POST /{language}/exams/{code}/edits/{session} exam_officer:everything any",
    "office POST /{language}/exams/{code}/edits/{session}/turns exam_officer:everything any",
    "office POST /{language}/exams/{code}/edits/{session}/plans exam_officer:everything any",
    "office GET /api/v1/exams/{code}/comparison exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans/{plan}/summary exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans/{plan}/far-people exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans/{plan}/venues/{site}/rooms/{room} exam_officer:everything any",
    "office POST /api/v1/exams/{code}/edits exam_officer:everything any",
    "office GET /api/v1/exams/{code}/edits exam_officer:everything any",
    "office GET /api/v1/exams/{code}/edits/{session} exam_officer:everything any",
    "office POST /api/v1/exams/{code}/edits/{session} exam_officer:everything any",
    "office POST /api/v1/exams/{code}/edits/{session}/turns exam_officer:everything any",
    "office POST /api/v1/exams/{code}/edits/{session}/plans exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/settings exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans/{plan}/settings exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/what-ifs exam_officer:everything any",
    "office POST /api/v1/exams/{code}/plans/{plan}/what-ifs exam_officer:everything any",
    "office GET /{language}/imports exam_officer:everything not_named",
    "office GET /{language}/imports/example.xlsx exam_officer:everything not_named",
    "office POST /{language}/imports exam_officer:everything not_named",
    "office POST /api/v1/imports exam_officer:everything not_named",
    "office POST /{language}/imports/{job}/confirmations exam_officer:everything not_named",
    "office POST /api/v1/imports/{job}/confirmations exam_officer:everything not_named",
    "office GET /{language}/imports/{job}/marked exam_officer:everything not_named",
    "office GET /api/v1/imports/{job}/marked exam_officer:everything not_named",
    "office POST /{language}/exams/{code}/second-officer exam_officer:everything any",
    "office GET /api/v1/exams/{code}/second-officer exam_officer:everything any",
    "office POST /api/v1/exams/{code}/second-officer exam_officer:everything any",
    "office GET /{language}/exams/{code}/tables/{file} exam_officer:everything any",
    "office GET /api/v1/exams/{code}/tables/{file} exam_officer:everything any",
    "office GET /{language}/recruitments exam_officer:everything auditor:everything not_named",
    "office GET /{language}/recruitments/{notice} exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/closings exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/checker-links exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/checker-links exam_officer:everything not_named",
    "office GET /{language}/about exam_officer:everything not_named",
    "office GET /{language}/about/{about} exam_officer:everything not_named",
    "office POST /{language}/about/{about} exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/applications exam_officer:everything auditor:everything not_named",
    "office GET /{language}/recruitments/{notice}/application-table.{format} exam_officer:everything auditor:everything not_named",
    "office POST /{language}/recruitments/{notice}/name-searches exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/name-keys exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/application-keys exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/applications/{application} exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/applications/{application}/files/{attachment} exam_officer:everything "
    "not_named",
    "office POST /{language}/recruitments/{notice}/applications/{application}/releases exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/applications/{application}/payment-decisions exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/applications/{application}/correction exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/applications/{application}/correction exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/accommodations exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/accommodations exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/health-reports exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/health-reports exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/accommodation-decisions exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/accommodation-decisions exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/refunds exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/figures exam_officer:everything auditor:everything not_named",
    "office GET /{language}/recruitments/{notice}/figures.{format} exam_officer:everything auditor:everything not_named",
    "office GET /api/v1/recruitments/{notice}/application-table exam_officer:everything auditor:everything not_named",
    "office GET /api/v1/recruitments/{notice}/applications/{application} exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/applications/{application}/corrections exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/applications/{application}/accommodation-questions "
    "exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/applications/{application}/releases exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/applications/{application}/payment-decisions exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/accommodation-decisions exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/accommodation-decisions exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/refunds exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/figures exam_officer:everything auditor:everything not_named",
    "office POST /api/v1/recruitments/{notice}/application-keys exam_officer:everything not_named",
    "office GET /{language}/new-recruitment exam_officer:everything not_named",
    "office POST /{language}/new-recruitment exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/setup exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/setup/{form} exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/setup/{form} exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/versions/{setup_part} exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/preview exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/steps exam_officer:everything not_named",
    "office GET /{language}/recruitments/{notice}/proposal exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/proposal exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/proposal exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/proposal exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/copies exam_officer:everything not_named",
    "office POST /{language}/recruitments/{notice}/declarations exam_officer:everything not_named",
    "office GET /{language}/exams/{code}/thread exam_officer:everything any",
    "office GET /{language}/exams/{code}/frozen-list exam_officer:everything any",
    "office POST /{language}/exams/{code}/frozen-list exam_officer:everything any",
    "office GET /{language}/searches exam_officer:everything not_named",
    "office POST /{language}/searches exam_officer:everything not_named",
    "office GET /{language}/failed-messages exam_officer:everything not_named",
    "office GET /api/v1/waiting-work exam_officer:everything district_coordinator:own_district not_named",
    "office POST /api/v1/searches exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/parts/{setup_part} exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/parts/{setup_part} exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/parts/{setup_part}/versions exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/gaps exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/steps exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/copies exam_officer:everything not_named",
    "office GET /api/v1/recruitments/{notice}/declarations exam_officer:everything not_named",
    "office POST /api/v1/recruitments/{notice}/declarations exam_officer:everything not_named",
    "office GET /api/v1/exams/{code}/thread exam_officer:everything any",
    "office GET /api/v1/exams/{code}/frozen-lists exam_officer:everything any",
    "office POST /api/v1/exams/{code}/frozen-lists exam_officer:everything any",
    "office GET /{language}/exams/{code}/plans/{plan}/papers exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/papers exam_officer:everything any",
    "office POST /{language}/exams/{code}/plans/{plan}/notices exam_officer:everything any",
    "office GET /api/v1/exams/{code}/plans/{plan}/papers exam_officer:everything any",
    "office POST /api/v1/exams/{code}/plans/{plan}/papers exam_officer:everything any",
    "office POST /api/v1/exams/{code}/plans/{plan}/notices exam_officer:everything any",
    "office GET /{language}/paper-templates exam_officer:everything not_named",
    "office GET /{language}/paper-templates/{template} exam_officer:everything not_named",
    "office POST /{language}/paper-templates/{template} exam_officer:everything not_named",
    "office GET /api/v1/paper-templates exam_officer:everything not_named",
    "office POST /api/v1/paper-templates/{template} exam_officer:everything not_named",
    "office GET /api/v1/exams/{code}/paper-takings exam_officer:everything any",
    "office GET /api/v1/exams/{code}/papers/{file} exam_officer:everything any",
    "office GET /{language}/duties exam_officer:everything district_coordinator:own_district venue_chief:own_venue not_named",
    "office GET /{language}/exams/{code}/invigilators exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /{language}/exams/{code}/invigilators exam_officer:everything any",
    "office POST /{language}/exams/{code}/invigilators/imports exam_officer:everything any",
    "office POST /{language}/exams/{code}/invigilators/settings exam_officer:everything any",
    "office POST /{language}/exams/{code}/invigilators/invitations exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office GET /{language}/exams/{code}/invigilators/take-backs exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /{language}/exams/{code}/invigilators/take-backs exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /{language}/exams/{code}/invigilators/steps exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office GET /{language}/exams/{code}/staffing-rules exam_officer:everything any",
    "office POST /{language}/exams/{code}/staffing-rules/preview exam_officer:everything any",
    "office POST /{language}/exams/{code}/staffing-rules exam_officer:everything any",
    "office GET /{language}/exams/{code}/substitutes exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/substitutes exam_officer:everything district_coordinator:own_district any",
    "office GET /{language}/exams/{code}/substitutes/take-backs exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/substitutes/take-backs exam_officer:everything district_coordinator:own_district any",
    "office POST /{language}/exams/{code}/substitutes/placings exam_officer:everything any",
    "office GET /{language}/exams/{code}/duties exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /{language}/exams/{code}/duties/staffings exam_officer:everything any",
    "office POST /{language}/exams/{code}/duties/edits exam_officer:everything any",
    "office POST /{language}/exams/{code}/duties/swaps exam_officer:everything any",
    "portal GET /{language}/duty anybody not_named",
    "portal POST /{language}/duty anybody not_named",
    "portal POST /{language}/duty/answers anybody not_named",
    "office GET /api/v1/exams/{code}/invigilators exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /api/v1/exams/{code}/invigilators exam_officer:everything any",
    "office POST /api/v1/exams/{code}/invigilator-imports exam_officer:everything any",
    "office GET /api/v1/exams/{code}/invigilator-settings exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /api/v1/exams/{code}/invigilator-settings exam_officer:everything any",
    "office POST /api/v1/exams/{code}/invigilator-invitations exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /api/v1/exams/{code}/invigilator-invitation-withdrawals exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /api/v1/exams/{code}/invigilator-steps exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office GET /api/v1/exams/{code}/staffing-rules exam_officer:everything any",
    "office POST /api/v1/exams/{code}/staffing-rule-previews exam_officer:everything any",
    "office POST /api/v1/exams/{code}/staffing-rules exam_officer:everything any",
    "office GET /api/v1/exams/{code}/substitutes exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/substitute-calls exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/substitute-call-withdrawals exam_officer:everything district_coordinator:own_district any",
    "office POST /api/v1/exams/{code}/substitute-placings exam_officer:everything any",
    "office GET /api/v1/exams/{code}/duties exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office POST /api/v1/exams/{code}/staffings exam_officer:everything any",
    "office POST /api/v1/exams/{code}/duty-edits exam_officer:everything any",
    "office GET /api/v1/exams/{code}/duty-swaps exam_officer:everything any",
    "office POST /api/v1/exams/{code}/duty-swap-refusals exam_officer:everything any",
    "office GET /api/v1/exams/{code}/duties.{format} exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office GET /api/v1/exams/{code}/room-assignments.{format} exam_officer:everything district_coordinator:own_district venue_chief:own_venue any",
    "office GET /api/v1/exams/{code}/invigilator-pay.xlsx exam_officer:everything any",
    "office GET /api/v1/exams/{code}/staffing-files/{duty_file} exam_officer:everything any",
    "office GET /{language}/exams/{code}/results exam_officer:everything any",
    "office POST /{language}/exams/{code}/results exam_officer:everything any",
    "office POST /{language}/exams/{code}/results/rules exam_officer:everything any",
    "office POST /{language}/exams/{code}/results/decisions exam_officer:everything any",
    "office GET /{language}/exams/{code}/results/decisions/{decision} exam_officer:everything any",
    "office POST /{language}/exams/{code}/results/decisions/{decision}/paths exam_officer:everything any",
    "office POST /{language}/exams/{code}/results/decisions/{decision}/rule-trials exam_officer:everything any",
    "office GET /api/v1/exams/{code}/results exam_officer:everything any",
    "office POST /api/v1/exams/{code}/results exam_officer:everything any",
    "office POST /api/v1/exams/{code}/result-rules exam_officer:everything any",
    "office POST /api/v1/exams/{code}/decisions exam_officer:everything any",
    "office GET /api/v1/exams/{code}/decisions/{decision} exam_officer:everything any",
    "office POST /api/v1/exams/{code}/decisions/{decision}/paths exam_officer:everything any",
    "office POST /api/v1/exams/{code}/decisions/{decision}/rule-trials exam_officer:everything any",
    "office GET /api/v1/exams/{code}/decisions/{decision}/files/{part} exam_officer:everything any",
    "office GET /{language}/exams/{code}/special-cases exam_officer:everything any",
    "office POST /{language}/exams/{code}/special-cases exam_officer:everything any",
    "office POST /{language}/exams/{code}/special-cases/searches exam_officer:everything any",
    "office POST /{language}/exams/{code}/special-cases/steps exam_officer:everything any",
    "office GET /api/v1/exams/{code}/special-cases exam_officer:everything any",
    "office POST /api/v1/exams/{code}/special-cases exam_officer:everything any",
    "office POST /api/v1/exams/{code}/special-case-searches exam_officer:everything any",
    "office POST /api/v1/exams/{code}/special-case-steps exam_officer:everything any",
    "office GET /{language}/exams/{code}/interviews exam_officer:everything any",
    "office POST /{language}/exams/{code}/interviews exam_officer:everything any",
    "office POST /{language}/exams/{code}/interviews/settlements exam_officer:everything any",
    "office GET /api/v1/exams/{code}/interviews exam_officer:everything any",
    "office POST /api/v1/exams/{code}/interviews exam_officer:everything any",
    "office POST /api/v1/exams/{code}/interview-settlements exam_officer:everything any",
    "office GET /api/v1/exams/{code}/interview.csv exam_officer:everything any",
    "office GET /{language}/exams/{code}/own-papers exam_officer:everything district_coordinator:own_district "
    "venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/own-papers exam_officer:everything district_coordinator:own_district "
    "venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/own-paper-editions exam_officer:everything district_coordinator:own_district "
    "venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/papers exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/exams/{code}/publications exam_officer:everything any",
    "office POST /{language}/exams/{code}/publications exam_officer:everything any",
    "office POST /{language}/exams/{code}/release-keys exam_officer:everything any",
    "office GET /{language}/exams/{code}/publications/{publication} exam_officer:everything any",
    "office POST /{language}/exams/{code}/publications/{publication}/steps exam_officer:everything any",
    "office GET /api/v1/exams/{code}/publications exam_officer:everything any",
    "office POST /api/v1/exams/{code}/publications exam_officer:everything any",
    "office POST /api/v1/exams/{code}/release-keys exam_officer:everything any",
    "office GET /api/v1/exams/{code}/publications/{publication} exam_officer:everything any",
    "office POST /api/v1/exams/{code}/publications/{publication}/steps exam_officer:everything any",
    "office GET /{language}/exams/{code}/fairness-reports exam_officer:everything any",
    "office POST /{language}/exams/{code}/fairness-reports exam_officer:everything any",
    "office POST /api/v1/exams/{code}/fairness-reports exam_officer:everything any",
    "portal GET /{language}/exams/{code}/seat-fairness anybody any",
    "portal GET /api/v1/exams/{code}/fairness.csv anybody any",
    "office GET /{language}/exams/{code}/final-decisions exam_officer:everything any",
    "office POST /{language}/exams/{code}/final-decisions exam_officer:everything any",
    "office GET /api/v1/exams/{code}/final-decisions exam_officer:everything any",
    "office POST /api/v1/exams/{code}/final-decisions exam_officer:everything any",
    "office GET /api/v1/exams/{code}/final-decisions/{decision}/files/{part} exam_officer:everything any",
    "office GET /{language}/exams/{code}/candidates exam_officer:everything any",
    "office POST /{language}/exams/{code}/candidates/steps exam_officer:everything any",
    "office GET /api/v1/exams/{code}/candidates exam_officer:everything any",
    "office POST /api/v1/exams/{code}/candidate-steps exam_officer:everything any",
    "office GET /{language}/exams/{code}/objections exam_officer:everything any",
    "office POST /{language}/exams/{code}/objections/answers exam_officer:everything any",
    "office GET /api/v1/exams/{code}/objections exam_officer:everything any",
    "office POST /api/v1/exams/{code}/objection-answers exam_officer:everything any",
    "portal GET /{language}/my/{application}/result applicant:own not_named",
    "portal GET /{language}/my/{application}/result/record applicant:own not_named",
    "portal GET /{language}/my/{application}/result/proof applicant:own not_named",
    "portal GET /{language}/my/{application}/result/certificate applicant:own not_named",
    "portal GET /{language}/my/{application}/result/certificate-text applicant:own not_named",
    "portal GET /{language}/my/{application}/result/days applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result/record applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result/proof applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result/certificate applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result/certificate-text applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result/days applicant:own not_named",
    "portal GET /{language}/my/{application}/result/objections applicant:own not_named",
    "portal GET /{language}/my/{application}/final-result/objections applicant:own not_named",
    "portal POST /{language}/my/{application}/result/objections applicant:own not_named",
    "portal POST /{language}/my/{application}/final-result/objections applicant:own not_named",
    "portal GET /{language}/check-certificate anybody not_named",
    "portal POST /{language}/check-certificate anybody not_named",
    "portal GET /{language}/exams/{code}/result-list anybody any",
    "portal GET /{language}/exams/{code}/final-list anybody any",
    "portal GET /{language}/exams/{code}/result-rates anybody any",
    "portal GET /api/v1/exams/{code}/releases anybody any",
    "portal GET /api/v1/exams/{code}/releases/{part} anybody any",
    "portal GET /api/v1/exams/{code}/final-releases anybody any",
    "portal GET /api/v1/exams/{code}/final-releases/{part} anybody any",
    "office GET /{language}/exams/{code}/materials exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /{language}/exams/{code}/materials/settings exam_officer:everything live",
    "office POST /{language}/exams/{code}/materials/handovers exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /{language}/exams/{code}/materials/receipts exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /{language}/exams/{code}/materials/counts exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /{language}/exams/{code}/materials/corrections exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /{language}/exams/{code}/materials/signers exam_officer:everything "
    "district_coordinator:own_district live",
    "office POST /{language}/exams/{code}/materials/dry-runs exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/exams/{code}/venues/{venue_code}/materials exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/exams/{code}/venues/{venue_code}/material-labels exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/exams/{code}/venues/{venue_code}/briefing exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/exams/{code}/venues/{venue_code}/briefing-files/{file} exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /{language}/exams/{code}/venues/{venue_code}/briefing-checks exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /{language}/exams/{code}/briefings exam_officer:everything "
    "district_coordinator:own_district live",
    "office POST /{language}/exams/{code}/briefings exam_officer:everything "
    "district_coordinator:own_district live",
    "office GET /api/v1/exams/{code}/materials exam_officer:everything district_coordinator:own_district "
    "venue_chief:own_venue live",
    "office POST /api/v1/exams/{code}/materials/handovers exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /api/v1/exams/{code}/materials/receipts exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /api/v1/exams/{code}/materials/counts exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /api/v1/exams/{code}/materials/corrections exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /api/v1/exams/{code}/materials/signers exam_officer:everything "
    "district_coordinator:own_district live",
    "office GET /api/v1/exams/{code}/material-parcels exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/packing exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/packing.{format} exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/briefing exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/briefing-files/{file} exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office POST /api/v1/exams/{code}/venues/{venue_code}/briefing-checks exam_officer:everything "
    "district_coordinator:own_district venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/briefings exam_officer:everything district_coordinator:own_district live",
    "office GET /api/v1/exams/{code}/material-settings exam_officer:everything live",
    "office POST /api/v1/exams/{code}/material-settings exam_officer:everything live",
    "office POST /api/v1/exams/{code}/material-dry-runs exam_officer:everything district_coordinator:own_district "
    "venue_chief:own_venue live",
    "office GET /api/v1/exams/{code}/briefing-notes exam_officer:everything district_coordinator:own_district live",
    "office POST /api/v1/exams/{code}/briefing-notes exam_officer:everything district_coordinator:own_district live",
    "office GET /{language}/jobs exam_officer:everything administrator:everything not_named",
    "office GET /{language}/jobs/{job} exam_officer:everything administrator:everything not_named",
    "office POST /{language}/jobs/{job}/cancel exam_officer:everything administrator:everything not_named",
    "office GET /api/v1/jobs exam_officer:everything administrator:everything not_named",
    "office GET /api/v1/jobs/{job} exam_officer:everything administrator:everything not_named",
    "office POST /api/v1/jobs/{job}/cancel exam_officer:everything administrator:everything not_named",
    "office GET /api/v1/openapi.json anybody not_named",
    "office GET /assets/{name} anybody not_named",
    "office GET /favicon.ico anybody not_named",
    "office GET /robots.txt anybody not_named",
    "operations GET /health anybody not_named",
    "operations GET /health/live anybody not_named",
    "operations GET /health/ready anybody not_named",
    "operations GET /metrics anybody not_named"};

std::string describe(const Route& route) {
  std::string line =
      std::string(spell(route.listener)) + (route.method == Method::post ? " POST " : " GET ") + route.pattern;
  if (!route.permission.needs_sign_in()) line += " anybody";
  for (const Grant& grant : route.permission.grants())
    line += " " + std::string(services::spell(grant.role)) + ":" + std::string(spell(grant.reach));
  return line + " " + std::string(spell(route.permission.state()));
}

TEST(AuthorizationTable, IsWhatIsWrittenHere) {
  const RouteTable table = site_routes();
  std::vector<std::string> actual;
  for (const Route& route : table.routes()) actual.push_back(describe(route));
  EXPECT_THAT(actual, ::testing::UnorderedElementsAreArray(written_rights));
}

// Who knocks: a role, and whether venue V1 (district 11110), or the application A-1, is theirs.
struct Caller {
  std::string name;
  std::optional<Role> role;
  std::string session;
  bool owner = false;
};

enum class Expected { done, must_sign_in, forbidden, not_there };

std::string_view spell(Expected expected) {
  switch (expected) {
    case Expected::done:
      return "done";
    case Expected::must_sign_in:
      return "must sign in";
    case Expected::forbidden:
      return "forbidden";
    case Expected::not_there:
      return "not there";
  }
  return "";
}

class Authorization : public ::testing::Test {
 protected:
  Authorization() {
    // Within the window of the notice.
    office.clock.set(hanjari::tests::at("2021-03-02T12:00:00+09:00"));
    const auto staff = [&](const std::string& name, Role role, const std::string& district, bool owner) {
      callers.push_back({name, role, office.sign_in(name, role, district), owner});
    };
    callers.push_back({"nobody", {}, "", false});
    callers.push_back({"an invented session", {}, std::string(64, '0'), false});
    staff("officer", Role::exam_officer, "", true);
    staff("own-coordinator", Role::district_coordinator, "11110", true);
    staff("other-coordinator", Role::district_coordinator, "11140", false);
    staff("chief", Role::venue_chief, "", true);
    staff("auditor", Role::auditor, "", false);
    staff("administrator", Role::administrator, "", false);
    open_applicant_session();
    callers.push_back({"applicant", Role::applicant, applicant_token, true});
    callers.push_back({"somebody else", Role::applicant, office.sign_in_applicant("somebody else"), false});
    open_application();
  }

  // Application A-1 of the account "applicant", with a photo, a document, a seat and an order at the provider.
  void open_application() {
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(),
                                                  services::RecruitmentState::published, 0, {});
    put_application();
    for (const auto kind : {services::AttachmentKind::photo, services::AttachmentKind::document}) {
      services::Attachment attachment;
      attachment.account = "applicant";
      attachment.kind = kind;
      attachment.media_type = "image/jpeg";
      attachment.name = "photo.jpg";
      office.applying.attachments.save_attachment(attachment);
    }
    services::Payment payment;
    payment.id = "order-1";
    payment.application = ApplicationId("A-1");
    payment.exam = ExamCode("seoul-2021-1");
    office.applying.payments.payments[payment.id] = payment;
    // The last part of the page's address: the order with the key that whoever pays is given.
    order_page = office.applying.provider.begin(payment).substr(std::string_view("/pay/").size());
    office.plans.live.front().exam.applicants.front().id = ApplicantId("A-1");
    office.jobs.add_job({"plan", "another", "{}"}, "job-1", {});
    plant_import();
    office.venue_offers.plant("seoul-2021-1", {{"11110", "V1"}, {"11140", "V2"}});
    for (const char* district : {"11110", "11140"})
      office.venue_letters.plant({ExamCode("seoul-2021-1"), DistrictCode(district), {}}, "file-1");
    services::VenueChief chief;
    chief.exam = ExamCode("seoul-2021-1");
    chief.venue = VenueCode("V1");
    chief.district = DistrictCode("11110");
    chief.account = "chief";
    office.venue_chiefs.add_chief(chief, {});
    services::PaperBytes paper;
    paper.file.id = "file-1";
    paper.file.exam = ExamCode("seoul-2021-1");
    paper.file.ends_at = office.clock.now() + std::chrono::hours(24);
    office.papers.files.push_back(paper);
    services::StoredDecision decision;
    decision.id = "decision-1";
    decision.exam = ExamCode("seoul-2021-1");
    decision.version = 1;
    office.results.decisions.push_back(decision);
    services::ListedPerson invigilator;
    invigilator.facts.id = InvigilatorId("S1");
    invigilator.version = 1;
    office.invigilators.people[invigilator.facts.id] = invigilator;
    services::Staffing staffing;
    staffing.id = "staffing-1";
    staffing.exam = ExamCode("seoul-2021-1");
    staffing.version = 1;
    office.invigilators.staffings.push_back(staffing);
    office.invigilators.files["staffing-1"] = {
        {"duties.csv", "venue_code,room_no,role,invigilator_id,travel_m\r\n"}};
    services::EditSession session;
    session.id = "session-1";
    session.exam = ExamCode("seoul-2021-1");
    session.plan_digest = std::string(64, 'a');
    session.input_sha256 = office.stored.find_exam(session.exam, "")->input_sha256;
    session.version = 1;
    office.edits.sessions[session.id] = session;
    office.results.files["decision-1"] = {{"decisions.csv", ""}, {"report.json", R"({"units":[]})"}};
    services::StoredFinal final;
    final.exam = ExamCode("seoul-2021-1");
    office.interviews.add_final(final, {{"decisions.csv", ""}}, {});
    services::FairnessReport fairness;
    fairness.exam = ExamCode("seoul-2021-1");
    fairness.version = 1;
    office.publications.add_fairness_report(fairness, {});
    put_publication(1, proof::Stage::written);
    put_publication(2, proof::Stage::final);
  }

  // One that a second officer approved and that everybody waits for.
  void put_publication(std::int64_t number, proof::Stage stage) {
    services::Publication publication;
    publication.id = "publication-" + std::to_string(number);
    publication.exam = ExamCode("seoul-2021-1");
    publication.number = number;
    publication.order.stage = stage;
    publication.version = 1;
    publication.state.step = services::ReleaseStep::approved;
    publication.state.digest = std::string(64, 'd');
    publication.state.release_at = office.clock.now() + std::chrono::hours(1);
    office.publications.publications.push_back(publication);
    office.publications.parts[publication.id][services::publication_parts::summary] = "{}";
    for (const char* applicant : {"01000001", "01000002", "01000003", "01000004", "01000005", "01000006"})
      office.publications.results[publication.id][applicant] = {applicant, std::string(32, 's'), std::string(64, 'r')};
  }

  // A file that was looked at, and came back with a bad cell marked.
  void plant_import() {
    office.jobs.add_job({"import", "a third", "{}"}, "import-1", {});
    services::Job& job = *office.jobs.find("import-1");
    job.state = services::JobState::failed;
    job.result = R"({"preview":true,"against":"","tables":[]})";
    office.jobs.keep_output(job, services::JobOutput::sent, "sent");
    office.jobs.keep_output(job, services::JobOutput::marked, "marked");
  }

  // As it was before anybody knocked.
  void put_application() {
    Application application;
    application.id = ApplicationId("A-1");
    application.exam = ExamCode("seoul-2021-1");
    application.account = "applicant";
    application.state = ApplicationState::paid;
    application.form = hanjari::tests::sample_form();
    application.form.accommodations = {{"large_print", "", {AttachmentId("attachment-2")}}};
    office.applying.applications.applications[application.id] = application;
    office.applying.applications.receipts[application.id] = "receipt";
    for (const char* account : {"applicant", "somebody else"}) {
      if (office.applying.applications.find_draft(account, application.exam)) continue;
      services::Draft draft;
      draft.id = std::string("draft of ") + account;
      draft.account = account;
      draft.exam = application.exam;
      draft.version = 0;
      office.applying.applications.save_draft(draft, office.clock.now());
    }
  }

  // Opens what is the applicant's own on the portal, and nothing of the office.
  void open_applicant_session() {
    office.accounts.save_session(sha256(applicant_token).hex(),
        {{"applicant", Role::applicant, {}}, "token", office.clock.now() + std::chrono::hours(1)}, office.clock.now());
  }

  std::string address_of(const Route& route) const {
    std::string address = route.pattern;
    if (const auto at = address.find("application-table.{format}"); at != std::string::npos) address.replace(at, 26, "application-table.csv");
    if (const auto at = address.find("figures.{format}"); at != std::string::npos) address.replace(at, 16, "figures.svg");
    if (const auto at = address.find("imports/{job}"); at != std::string::npos) address.replace(at, 13, "imports/import-1");
    if (const auto at = address.find("tables/{file}"); at != std::string::npos) address.replace(at, 13, "tables/units.xlsx");
    for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "ko"},
                                                                        {"{code}", "seoul-2021-1"},
                                                                        {"{venue_code}", "V1"},
                                                                        {"{format}", "csv"},
                                                                        {"{notice}", "seoul-2021-1"},
                                                                        {"{application}", "A-1"},
                                                                        {"{account}", "chief"},
                                                                        {"{order}", order_page},
                                                                        {"{ticket}", std::string(64, '7')},
                                                                        {"{job}", "job-1"},
                                                                        {"{plan}", std::string(64, 'a')},
                                                                        {"{file}", "file-1"},
                                                                        {"{template}", "roster.json"},
                                                                        {"{duty_file}", "duties.csv"},
                                                                        {"{site}", "V1"},
                                                                        {"{room}", "1"},
                                                                        {"{session}", "session-1"},
                                                                        {"{decision}", "1"},
                                                                        {"{publication}", "1"},
                                                                        {"{part}", "decisions.csv"},
                                                                        {"{about}", "privacy"},
                                                                        {"{setup_part}", "notice"},
                                                                        {"{form}", "units"},
                                                                        {"{room}", "1"},
                                                                        {"{table}", "venues.csv"},
                                                                        {"{name}", "nothing.css"}}) {
      if (const auto at = address.find(slot); at != std::string::npos) address.replace(at, slot.size(), value);
    }
    if (const auto at = address.find("{attachment}"); at != std::string::npos)
      address.replace(at, 12, address.find("/photos/") != std::string::npos ? "attachment-1" : "attachment-2");
    return address;
  }

  // By the words above, not by the table.
  static Expected expected_of(const Route& route, const Caller& caller, bool live) {
    const std::string rights = describe(route);
    const bool exam_must_live = rights.ends_with(" live");
    // Anybody may knock, but only the provider has the signature.
    if (rights.find("/payment-notifications ") != std::string::npos)
      return caller.session.empty() || !caller.role ? Expected::must_sign_in : Expected::forbidden;
    const bool names_venue = rights.find("{venue_code}") != std::string::npos;
    if (rights.find(" anybody ") == std::string::npos) {
      if (!caller.role) return Expected::must_sign_in;
      if (rights.find(" " + std::string(services::spell(*caller.role)) + ":") == std::string::npos)
        return Expected::forbidden;
      // An empty page for whoever knows the exam; programs are told that it is not there yet.
      const bool is_page = rights.starts_with("office GET /{language}/");
      if (exam_must_live && !live) return is_page && caller.role != Role::venue_chief ? Expected::done : Expected::not_there;
      // An exam that is only being prepared is there for a district of which something is asked, as in this suite, and for no chief.
      if (caller.role == Role::venue_chief && !live && rights.ends_with(" any")) return Expected::not_there;
      // The job of this suite makes a plan; that is the officer's to stop.
      if (caller.role == Role::administrator && rights.find("/jobs/{job}/cancel ") != std::string::npos)
        return Expected::forbidden;
      if (caller.role == Role::applicant) return expected_of_applicant(rights, caller, live);
      return names_venue && !caller.owner ? Expected::forbidden : Expected::done;
    }
    // The files of a release are there once there is one, and rates of passing once one has them.
    const bool never_there = rights.find("/assets/{name}") != std::string::npos || rights.find("/result-rates ") != std::string::npos ||
                             rights.find("/releases/{part}") != std::string::npos ||
                             rights.find("/final-releases/{part}") != std::string::npos;
    return (exam_must_live && !live) || never_there ? Expected::not_there : Expected::done;
  }

  // Nobody learns whether somebody else's application exists; a seat is there once its plan is live, a preview once a
  // picture was sent.
  static Expected expected_of_applicant(const std::string& rights, const Caller& caller, bool live) {
    const auto has = [&](const char* words) { return rights.find(words) != std::string::npos; };
    // What is not even a report is refused before it is asked whose it would be.
    if (has("{application}/self-reports ")) return Expected::done;
    if ((has("{application}") || has("{attachment}") || has("{order}")) && !caller.owner) return Expected::not_there;
    if ((has("/seat ") || has("/wallet ") || has("/slip ")) && !live) return Expected::not_there;
    // Who has no seat has no number to be decided under, and nobody has a proof before the release.
    if ((has("/result ") || has("/result/record ") || has("/final-result ") || has("/final-result/record ")) && !live)
      return Expected::not_there;
    for (const char* of : {"/result", "/final-result"}) {
      for (const char* file : {"/proof ", "/certificate", "/days ", "/objections "}) {
        if (has((std::string(of) + file).c_str())) return Expected::not_there;
      }
    }
    return has("/preview ") ? Expected::not_there : Expected::done;
  }

  // Programs send JSON and need no token of a form.
  static bool is_json(const Route& route) { return route.method == Method::post && route.pattern.starts_with("/api/"); }

  Response call(const Route& route, const Caller& caller, bool with_token, const std::string& exam = "seoul-2021-1") {
    Browser browser(running, route.listener);
    if (!caller.session.empty())
      browser.set_cookie(route.listener == Listener::portal ? "hanjari_applicant" : "hanjari_session", caller.session);
    browser.set_cookie("hanjari_form", std::string(64, 'f'));
    Request request;
    request.method = route.method;
    request.path = address_of(route);
    if (const auto at = request.path.find("/exams/seoul-2021-1"); at != std::string::npos) request.path.replace(at + 7, 12, exam);
    if (is_json(route)) {
      request.headers.set("content-type", "application/json");
      request.headers.set("idempotency-key", "key-of-the-matrix");
      request.body = "{}";
    } else if (route.method == Method::post) {
      request.headers.set("content-type", "application/x-www-form-urlencoded");
      if (with_token) request.body = "key=key-of-the-matrix&form_token=" + token_for(caller, route.listener);
    }
    return browser.send(std::move(request));
  }

  std::string token_for(const Caller& caller, Listener listener) {
    if (listener != Listener::operations && caller.role)
      return services::find_session(office.accounts, caller.session, office.clock.now())->csrf_token;
    return form_token;
  }

  static Expected outcome_of(const Response& response, const Route& route) {
    if (response.status == 401) return Expected::must_sign_in;
    const bool to_sign_in =
        response.status == 303 && response.header("Location").find("/sign-in") != std::string_view::npos;
    if (to_sign_in && route.pattern.find("/sign-") == std::string::npos &&
        route.pattern.find("/second-step") == std::string::npos)
      return Expected::must_sign_in;
    if (response.status == 403) return Expected::forbidden;
    if (response.status == 404) return Expected::not_there;
    // A form that is read and found wanting was allowed.
    EXPECT_THAT(response.status, ::testing::AnyOf(200, 202, 303, 400, 409, 422)) << describe(route);
    return Expected::done;
  }

  const std::string applicant_token = std::string(64, 'a');
  std::string order_page;
  Office office;
  Running running{office};
  std::vector<Caller> callers;
  std::string form_token = form_token_of_cookie();

 private:
  std::string form_token_of_cookie() {
    Browser browser(running, Listener::portal);
    browser.set_cookie("hanjari_form", std::string(64, 'f'));
    return Browser::form_token_in(browser.get("/ko/exams/seoul-2021-1/seat").body);
  }
};

TEST_F(Authorization, HoldsForEveryRouteEveryCallerAndEveryState) {
  const auto exams = office.plans.live;
  for (const bool live : {true, false}) {
    office.plans.live = live ? exams : decltype(office.plans.live){};
    for (const Route& route : running.site.routes().routes()) {
      for (const Caller& caller : callers) {
        // Signing out ends the session that the others need.
        Caller fresh = caller;
        if (route.pattern.ends_with("/sign-out") && caller.role) {
          fresh.session = office.open_session({caller.name, *caller.role});
        }
        open_applicant_session();
        put_application();
        office.venue_files.plant("offer-V1", "file-1");
        const Response response = call(route, fresh, true);
        EXPECT_EQ(spell(outcome_of(response, route)), spell(expected_of(route, caller, live)))
            << describe(route) << " as " << caller.name << (live ? ", live" : ", not live") << ": " << response.status;
        if (route.method == Method::post && !is_json(route) &&
            expected_of(route, caller, live) != Expected::must_sign_in) {
          EXPECT_EQ(call(route, caller, false).status, 403) << "without a token: " << describe(route);
        }
      }
    }
  }
}

// What an answer says, without what is new with every visitor and without the code that was asked for.
std::string told_by(const Response& response, const std::string& exam) {
  if (response.type.find("json") != std::string::npos) {
    auto problem = nlohmann::json::parse(std::string(response.content()));
    problem.erase("instance");
    return problem.dump();
  }
  std::string body(response.content());
  const auto main = body.find("<main");
  const auto end = body.find("</main>");
  if (main == std::string::npos || end == std::string::npos) return body;
  body = body.substr(main, end - main);
  for (auto at = body.find(exam); at != std::string::npos; at = body.find(exam)) body.replace(at, exam.size(), "CODE");
  // The number of the request is no part of what is said.
  std::erase_if(body, [](unsigned char c) { return std::isxdigit(c) != 0; });
  return body;
}

// Red where a page or a call of a district or a chief, each of them, says by another answer that an exam is being prepared.
TEST_F(Authorization, LooksToDistrictsAsIfAnExamThatIsOnlyPreparedWereNotThere) {
  office.plans.live.clear();
  office.venue_offers.requests.clear();
  const auto head = office.stored.find_head(ExamCode("seoul-2021-1"));
  ASSERT_TRUE(head);
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.listener != Listener::office || !describe(route).ends_with(" any")) continue;
    for (const Caller& caller : callers) {
      if (!caller.role || (*caller.role != Role::district_coordinator && *caller.role != Role::venue_chief)) continue;
      if (!route.permission.admits(*caller.role)) continue;
      const std::string where = describe(route) + " as " + caller.name;
      const Response prepared = call(route, caller, true);
      const Response invented = call(route, caller, true, "seoul-2029-9");
      EXPECT_EQ(prepared.status, 404) << where;
      EXPECT_EQ(invented.status, 404) << where;
      EXPECT_EQ(told_by(prepared, "seoul-2021-1"), told_by(invented, "seoul-2029-9")) << where;
      EXPECT_EQ(std::string(prepared.content()).find(head->name_ko), std::string::npos) << where;
      ++asked;
    }
  }
  EXPECT_GT(asked, 80);
}

// Of an exam that is being prepared a district learns with the request, and only the district that is asked.
TEST_F(Authorization, ShowsAnExamThatIsPreparedToTheDistrictThatIsAsked) {
  office.plans.live.clear();
  std::erase_if(office.venue_offers.requests.at(ExamCode("seoul-2021-1")).districts,
                [](const services::DistrictWish& wish) { return wish.district != DistrictCode("11110"); });
  for (const Caller& caller : callers) {
    if (caller.role != Role::district_coordinator) continue;
    Browser browser(running, Listener::office);
    browser.set_cookie("hanjari_session", caller.session);
    for (const char* page : {"venue-offers", "venue-letters", "venue-chiefs", "invigilators", "duties", "substitutes"})
      EXPECT_EQ(browser.get(std::string("/ko/exams/seoul-2021-1/") + page).status, caller.owner ? 200 : 404) << page;
  }
}

// Red while an officer is told that an exam which is there is not, because no plan of it is live.
TEST_F(Authorization, SaysOfAnExamWithoutALivePlanThatItHasNone) {
  office.plans.live.clear();
  int pages = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.listener != Listener::office || route.method != Method::get || !describe(route).ends_with(" live")) continue;
    const bool is_page = route.pattern.starts_with("/{language}/");
    for (const Caller& caller : callers) {
      if (!caller.role || !route.permission.admits(*caller.role) || *caller.role == Role::venue_chief) continue;
      const std::string where = describe(route) + " as " + caller.name;
      const Response empty = call(route, caller, true);
      EXPECT_EQ(empty.status, is_page ? 200 : 404) << where;
      EXPECT_THAT(std::string(empty.content()), ::testing::HasSubstr(is_page ? "아직 확정된 배정안이 없습니다" : "no_live_plan")) << where;
      EXPECT_EQ(call(route, caller, true, "seoul-2029-9").status, 404) << where;
      if (is_page) ++pages;
    }
  }
  EXPECT_GT(pages, 10);
}

// Red while the office's own address is a refusal to whoever has no list of exams.
TEST_F(Authorization, LeadsEveryRoleFromTheAddressOfTheOfficeToItsWork) {
  for (const Caller& caller : callers) {
    if (!caller.role || *caller.role == Role::applicant) continue;
    Browser browser(running, Listener::office);
    browser.set_cookie("hanjari_session", caller.session);
    for (const char* address : {"/ko", "/ko/exams"}) {
      Response home = browser.get(address);
      const std::string led(home.header("Location"));
      if (home.status == 303) home = browser.get(led);
      EXPECT_EQ(home.status, 200) << caller.name << " " << address << " " << led;
      if (*caller.role == Role::venue_chief) {
        EXPECT_EQ(led, "/ko/own-venues");
      }
    }
  }
}

// What becomes of a notice, in its order. Applications from 2 to 7 March, withdrawal until the 10th.
struct NoticeState {
  const char* name;
  services::RecruitmentState state;
  const char* now;
};
constexpr std::array<NoticeState, 5> notice_states{{
    {"prepared", services::RecruitmentState::prepared, "2021-03-02T12:00:00+09:00"},
    {"before its window", services::RecruitmentState::published, "2021-03-02T08:59:59+09:00"},
    {"open", services::RecruitmentState::published, "2021-03-02T09:00:00+09:00"},
    {"after its window", services::RecruitmentState::published, "2021-03-07T18:00:01+09:00"},
    {"after the cancellation deadline", services::RecruitmentState::closed, "2021-03-10T18:00:01+09:00"},
}};

// Outcomes of an applicant who may call the route, where it depends on the state: by the words of the route, not by the
// code. 409: known, but not now.
int expected_status(const std::string& rights, const NoticeState& state) {
  const auto has = [&](const char* words) { return rights.find(words) != std::string::npos; };
  const std::string now = state.name;
  // The body of this suite names no version of the draft.
  if (has("/drafts/discards ")) return 409;
  const bool reads_draft = has("GET /api/v1/recruitments/{notice}/drafts ");
  // Whoever has begun a form may throw it away at any time, and whoever has applied goes on while a notice is retracted.
  const bool throws_away = has("/discard ");
  if (has("{notice}") && !reads_draft && !throws_away && now == "prepared") return 404;
  const bool fills_in = (has("/apply/{notice}") && !throws_away) || has("POST /api/v1/recruitments/{notice}/drafts") ||
                        has("POST /api/v1/recruitments/{notice}/applications");
  if (fills_in && now != "open") return 409;
  if (has("/withdrawals ") && now == "after the cancellation deadline") return 409;
  // The fee of A-1 is paid.
  if (has("POST /{language}/my/{application}/payment ") || has("{application}/payments ")) return 409;
  return 0;
}

TEST_F(Authorization, HoldsInEveryStateOfTheNotice) {
  auto& recruitments = office.applying.recruitments;
  for (const NoticeState& state : notice_states) {
    office.clock.set(hanjari::tests::at(state.now));
    const auto stored = recruitments.find_recruitment(ExamCode("seoul-2021-1"));
    recruitments.save_recruitment(stored->notice, state.state, stored->version, {});
    for (const Route& route : running.site.routes().routes()) {
      const std::string rights = describe(route);
      if (route.listener != Listener::portal ||
          (rights.find("{notice}") == std::string::npos && rights.find("{application}") == std::string::npos))
        continue;
      for (const Caller& caller : callers) {
        Caller fresh = caller;
        if (caller.role) fresh.session = office.open_session({caller.name, *caller.role});
        put_application();
        const Response response = call(route, fresh, true);
        const Expected allowed = expected_of(route, caller, true);
        const bool own = caller.owner || rights.find("{notice}") != std::string::npos;
        const int special =
            allowed == Expected::done || (allowed == Expected::not_there && own) ? expected_status(rights, state) : 0;
        const std::string where = rights + " as " + caller.name + ", " + state.name + ": ";
        if (special != 0)
          EXPECT_EQ(response.status, special) << where << response.status;
        else
          EXPECT_EQ(response.status == 409 ? "not now" : spell(outcome_of(response, route)), spell(allowed))
              << where << response.status;
      }
    }
  }
}

TEST_F(Authorization, OfOneListenerIsNotToBeHadOnAnother) {
  const std::string officer = office.sign_in("another-officer", Role::exam_officer, "");
  for (const Route& route : running.site.routes().routes()) {
    for (const Listener other : {Listener::portal, Listener::office, Listener::operations}) {
      const std::string address = address_of(route);
      if (other == route.listener || running.site.routes().find(other, route.method, address).route != nullptr)
        continue;
      Browser browser(running, other);
      browser.set_cookie("hanjari_session", officer);
      Request request;
      request.method = route.method;
      request.path = address;
      const int status = browser.send(std::move(request)).status;
      EXPECT_TRUE(status == 404 || status == 405) << describe(route) << " on " << spell(other) << ": " << status;
    }
  }
}

}  // namespace
}  // namespace hanjari::web::testing
