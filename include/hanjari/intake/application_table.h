// Applications as the office looks at them: a table that is filtered, sorted and read page by page, what belongs to one
// person, corrections, and figures. Rows are found by keyed columns, so that no form is opened to find one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"
#include "hanjari/intake/payments.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

enum class TableOrder { number, submitted, paid, unit, state };
std::string_view spell(TableOrder);
std::optional<TableOrder> parse_table_order(std::string_view word);

// How far the accommodations of an application are: none asked for; at least one waits; the applicant was asked back
// and nothing else waits; all are decided.
enum class AccommodationStage { none, waiting, asked_back, decided };
std::string_view spell(AccommodationStage);
std::optional<AccommodationStage> parse_accommodation_stage(std::string_view word);
// Of what is asked for and decided; an officer's question is not known here.
AccommodationStage stage_of(const ApplicationForm& form, const std::vector<AccommodationDecision>& decisions);

struct TableFilter {
  std::optional<ApplicationState> state{};
  UnitCode unit{};                         // empty: every unit
  std::optional<DistrictCode> district{};  // an empty code: outside of the city
  std::optional<AccommodationStage> accommodation{};
  std::optional<bool> photo{};
  bool suspected = false;  // only where another standing application names the same person
  // Of a whole name, as key_of_name gives it (32 hex digits), so that no address names anybody; empty: every name.
  std::string name_key{};
  bool operator==(const TableFilter&) const = default;
};

// Where a page begins: behind this row. `value`: what the row has in the column that the table is sorted by: a word, or
// microseconds since 1970; nothing for NULL and in the order of numbers.
struct TablePlace {
  std::optional<std::string> value{};
  ApplicationId id;
};

struct TableWish {
  ExamCode exam;
  TableFilter filter{};
  TableOrder order = TableOrder::submitted;
  bool falling = true;
  std::optional<TablePlace> after{};
  int most = 50;
};

struct TableRow {
  Application application;  // form.unit is set even where the form does not open
  bool destroyed = false;
  std::optional<AccommodationStage> accommodation{};  // nothing: not filled in yet
  std::optional<bool> photo{};
  bool suspected = false;
  TablePlace place;
};

struct TablePage {
  std::vector<TableRow> rows;
  std::optional<TablePlace> next{};  // where the next page begins; nothing: this is the last one
};

// `more`: there are at least so many, and nobody counted further.
struct TableCount {
  std::int64_t people = 0;
  bool more = false;
};

// A message about an application. Whether it was read is known of none; whether the seat was opened is (SeatView).
struct ToldMessage {
  std::string what;  // kind of the message: receipt, paid, accommodation, ...
  Channel channel = Channel::email;
  std::string state;  // waiting, sent, failed
  std::string why;    // of a failure
  Instant made_at{};
  std::optional<Instant> settled_at{};
};

struct RefundPage {
  std::vector<Payment> payments;  // by id
  std::string last;               // ask on from here; empty: that was all
};

// A correction, ready to be stored: judged and signed.
struct Correction {
  Application before;  // compare-and-set on its version
  ApplicationForm form;
  DistrictCode district;  // of the new form's area
  std::string receipt;    // of the new version
  std::string key;        // under which the new version is kept among the submissions
  std::vector<Message> messages{};
};

// A portion of applications whose keyed columns were made anew.
struct KeyedPortion {
  std::vector<Application> read;  // those that open
  ApplicationId last;             // go on from here; empty: that was all
};

struct TraitCount {
  std::string kind;  // sex, age, residence
  std::string word;  // F, 20-24, none, ...
  std::int64_t people = 0;
  bool operator==(const TraitCount&) const = default;
};
struct TraitCounts {
  std::vector<TraitCount> counts;  // by kind, then word
  std::optional<Instant> counted_at{};
};

// By the hour since 1970 in which they were submitted: how many applications, whatever became of them.
using HourCounts = std::map<std::int64_t, std::int64_t>;

class ApplicationTableRepository {
 public:
  virtual ~ApplicationTableRepository() = default;

  // Blanks and the case of Latin letters make no other name.
  virtual std::string key_of_name(const ExamCode& exam, const std::string& name) = 0;
  virtual TablePage list_rows(const TableWish& wish) = 0;
  virtual TableCount count_rows(const ExamCode& exam, const TableFilter& filter) = 0;
  // Applications whose keyed columns are not filled in, so that filters miss them; at most `most` are counted.
  virtual std::int64_t count_unkeyed(const ExamCode& exam, std::int64_t most) = 0;

  // Newest first.
  virtual std::vector<ToldMessage> list_messages(const ApplicationId& id) = 0;
  // Of one state, refunding or refunded.
  // Of the state paid only those that were taken back (is_taken_back).
  virtual RefundPage list_refunds(const ExamCode& exam, PaymentState state, const std::string& after, int most) = 0;

  // A question about an item that waits: in the history, to the applicant, and off the list of what waits for us.
  // Compare-and-set on the version: throws Conflict (application_changed).
  virtual void ask_back(const Application& application, const std::string& item, const std::vector<Message>& messages,
                        const Change& change) = 0;
  // A new version of the form by an officer. Throws Conflict (application_changed).
  virtual void correct(const Correction& correction, const Change& change) = 0;

  // Makes the keyed columns of the next applications, in the order of their ids. What somebody changes meanwhile keeps
  // what that change wrote. `districts`: of each area's code.
  virtual KeyedPortion fill_keys(const ExamCode& exam, const std::map<std::string, DistrictCode>& districts,
                                 const ApplicationId& after, int most) = 0;
  // Sets and takes off the mark of suspicion by the applications as they stand; gives how many have it.
  virtual std::int64_t mark_twins(const ExamCode& exam) = 0;
  // In place of all earlier ones of the exam.
  virtual void save_traits(const ExamCode& exam, const TraitCounts& traits) = 0;
  virtual TraitCounts load_traits(const ExamCode& exam) = 0;
  // Whatever became of them; so are those below, submitted before a moment or all.
  virtual HourCounts count_by_hour(const ExamCode& exam) = 0;
  virtual std::map<UnitCode, std::int64_t> count_by_unit(const ExamCode& exam, std::optional<Instant> before) = 0;
  // Of these districts, an empty code for outside; what no key is made for yet is under none of them.
  virtual std::map<DistrictCode, std::int64_t> count_by_district(const ExamCode& exam,
                                                                 const std::vector<DistrictCode>& districts,
                                                                 std::optional<Instant> before) = 0;
};

}  // namespace hanjari::services
