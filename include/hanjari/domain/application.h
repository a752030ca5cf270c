// An application: what a person says on the form, and the states it goes through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/recruitment.h"

namespace hanjari {

// Names the application everywhere; the person's applicant_id in exam packages.
using ApplicationId = Id<struct ApplicationIdTag>;
// Name of a stored photo or document.
using AttachmentId = Id<struct AttachmentIdTag>;

// Why somebody asks for extra points (domain rules 3 to 5 of the pass decision). Veterans and heroes exclude each
// other.
enum class BonusKind { veterans_10, veterans_5, heroes_5, heroes_3, licence_5, licence_3 };

struct BonusClaim {
  BonusKind kind = BonusKind::veterans_10;
  std::string proof;  // number of the certificate
  bool operator==(const BonusClaim&) const = default;
};

// One thing asked for; decided for itself.
struct AccommodationRequest {
  std::string item;  // word of the contract: wheelchair, separate_room, large_print, scribe, extra_time_1.2, ...
  std::string reason;
  std::vector<AttachmentId> documents;
  bool operator==(const AccommodationRequest&) const = default;
};

enum class ResidenceClaim { none, on_day, three_years };

// What the form holds, half filled in or whole.
struct ApplicationForm {
  UnitCode unit;  // empty: not chosen yet
  std::string name;
  std::optional<Date> birth_on;
  std::optional<Sex> sex;
  // 32 hex digits: keyed hash of the resident number, which is never kept. Empty: not given yet.
  std::string identity_hash;
  std::string phone;
  std::string email;
  std::string area;  // code of an Area
  std::string address;
  std::optional<Point> home;  // the place itself where it is known; else the area's centre counts
  ResidenceClaim residence = ResidenceClaim::none;
  std::string licence;  // code of a Licence that the unit asks for
  std::string licence_number;
  std::string quota_proof;  // number of the certificate of the unit's quota group
  // Basic living security, single-parent family and the like: no fee. Number of the certificate; empty: pays.
  std::string waiver_proof;
  std::vector<std::string> electives;  // codes
  std::vector<BonusClaim> bonuses;
  std::vector<AccommodationRequest> accommodations;
  AttachmentId photo;
  bool consents = false;  // to the use of the personal data for this exam
  // Asked for by themselves where consent_text says which words the person read.
  bool consents_identifier = false;  // to the use of the registration number
  bool consents_sensitive = false;   // to the use of what accommodations say of health and disability
  // Version and SHA-256 in hex of the words agreed to ("3 9f86..."). Empty: of a program that asks for consent by itself.
  std::string consent_text;
  Language language = Language::korean;
  bool operator==(const ApplicationForm&) const = default;
};

// submitted: waits for payment. paid: also when no fee is due. withdrawn: by the person. lapsed: unpaid at closing.
enum class ApplicationState { submitted, paid, withdrawn, lapsed };

enum class ItemDecision { asked, granted, refused };

struct AccommodationDecision {
  std::string item;
  ItemDecision decision = ItemDecision::asked;
  std::string reason;  // told to the applicant
  Instant at{};
  std::string officer;
};

// Whether what a row keeps sealed could be read. damaged: it was changed, or its key does not open. destroyed: its key is
// gone, with the data of the whole exam. Such a row still says whose it is and in which state.
enum class Legible { yes, damaged, destroyed };

struct Application {
  ApplicationId id;
  ExamCode exam;
  std::string account;  // of the applicant
  ApplicationState state = ApplicationState::submitted;
  std::int64_t version = 1;  // counts every change; compare-and-set
  ApplicationForm form;
  Won fee = 0;  // due; 0 when waived
  Instant submitted_at{};
  std::optional<Instant> paid_at;
  std::vector<AccommodationDecision> decisions;  // items without an entry are still asked
  Legible legible = Legible::yes;                // otherwise there are no decisions, and of the form the unit alone

  bool counts() const { return state == ApplicationState::paid; }
  bool is_over() const { return state == ApplicationState::withdrawn || state == ApplicationState::lapsed; }
  // What was granted, as the engine takes it.
  Accommodation granted() const;
};

// One line of an application's history.
struct ApplicationEvent {
  std::int64_t version = 0;
  Instant at{};
  std::string author;  // account, or the officer's name
  std::string kind;    // submitted, edited, paid, withdrawn, lapsed, refund_asked, refunded, accommodation_decided,
                       // self_reported, ...
  std::string detail;  // which fields, which item, why; never values of personal fields
};

// The items that can be asked for, in the order of the form.
const std::vector<std::string>& accommodation_items();
Text name_of_accommodation(std::string_view item);

std::string_view spell(BonusKind);
std::string_view spell(ResidenceClaim);
std::string_view spell(ApplicationState);
std::string_view spell(ItemDecision);
std::string_view spell(Legible);
std::optional<BonusKind> parse_bonus_kind(std::string_view word);
std::optional<ResidenceClaim> parse_residence_claim(std::string_view word);
std::optional<ApplicationState> parse_application_state(std::string_view word);
std::optional<ItemDecision> parse_item_decision(std::string_view word);
Text name_of(BonusKind);
Text name_of(ApplicationState);
// As its person reads it: what owes no fee and does not count yet waits for a proof of identity, not for money.
Text name_of_state(const Application& application);
Text name_of(ItemDecision);

// A fault of one field, for the summary above the form and beside the field.
struct FieldFault {
  std::string field;  // name of the member of ApplicationForm; "accommodations.0.reason" inside a list
  std::string code;   // stable
  Text what;          // a whole sentence: what is wrong and what to do
  bool operator==(const FieldFault&) const = default;
};

std::vector<FieldFault> judge_form(const Recruitment& recruitment, const ApplicationForm& form);
// Whether the person of the form could apply to the unit, as far as the form is filled in; a sentence per obstacle.
std::vector<FieldFault> judge_eligibility(const NoticeUnit& unit, const ApplicationForm& form);
// Full years on a day; somebody born on 29 February has the birthday on 1 March in other years.
int age_on(Date birth_on, Date day);
// The fee due: none for the low-income quota group and for who names a waiver.
Won fee_of(const NoticeUnit& unit, const ApplicationForm& form);

}  // namespace hanjari
