// Judges what people will be shown against what was decided. It reads the bytes as they are served and the tables of the
// decision, with its own readers and its own wording of every sentence: it shares no code with what renders the pages, so
// that one mistake cannot stand in both.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/text.h"

namespace hanjari::proofreading {

// What is judged: each stage has sentences, labels and tables of its own.
enum class Stage { written, final };

// What was decided, as the service keeps it. In the final stage the tables are decisions_final.csv and cuts_final.csv.
struct Decided {
  std::string decisions_csv;
  std::string cuts_csv;
  std::map<std::string, std::map<std::string, std::string>> marks;  // by number and subject, two decimals
  std::map<std::string, Text> units;                                // names by code
};

// What the officers ordered for this version.
struct Ordered {
  Text exam_name;
  std::int64_t version = 1;
  Text released_at;
  Text reason;  // of a correction or withdrawal
  Text next_passed;
  Text next_others;
  Text objection;
  bool withdrawn = false;  // then nobody has a page and the list is empty
  std::string exam_code{};  // as records of proofs name it
  std::string release_instant{};  // ISO 8601, UTC, as certificates name the minute
  Stage stage = Stage::written;
  Text next_called{};  // final stage: what those do next who are called up for an interview
};

// One thing that is wrong. `number` is the applicant number it concerns, empty for what concerns everybody. `what` holds
// nothing of what the decision says of anybody: findings are read before the minute by who looks after jobs.
// Codes: bad_decision, unknown_outcome, page_missing, page_twice, unknown_person, unreadable, stray_text, wrong_order, foreign_number,
// missing_field, repeated_field, unknown_field, wrong_language, wrong_number, wrong_exam, wrong_unit, wrong_verdict,
// wrong_total, wrong_rank, wrong_grade, wrong_reserve, wrong_cut, wrong_score, wrong_reason, wrong_next, wrong_objection, wrong_released, wrong_version,
// wrong_correction, list_missing, list_twice, wrong_list, notice_missing, wrong_notice, message_missing, wrong_message, wrong_proof,
// wrong_certificate.
struct Finding {
  std::string code;
  std::string number;
  Text what;
};

// What is expected of one person.
struct Row {
  std::string unit;
  std::string outcome;
  std::string total;
  std::string rank;
  std::vector<std::string> reasons;
  std::string grade;         // final stage; empty: none
  std::string reserve_rank;  // final stage; empty: none
};

class Proofreader {
 public:
  // A decision that cannot be read is a finding (bad_decision, unknown_outcome), not an error.
  Proofreader(const Decided& decided, const Ordered& ordered);

  // Each page once in each language; `number` is the person whose session is served these bytes.
  void read_page(const std::string& number, Language language, std::string_view bytes);
  // The proof that this person downloads: whether its record is the own one and says what was decided. That it leads to the
  // root is judged by who verifies packages.
  void read_proof(const std::string& number, std::string_view bytes);
  // The certificate that this person downloads: whether every line says what was decided, and belongs to the release with this
  // root. That the office signed it is judged by who verifies certificates.
  void read_certificate(const std::string& number, std::string_view bytes, const std::string& root);
  void read_list(Language language, std::string_view bytes);
  // list.csv of the publication package.
  void read_list_file(std::string_view bytes);
  // The list as files that people keep: .xlsx and PDF.
  void read_list_workbook(Language language, const std::string& bytes);
  void read_list_paper(Language language, std::string_view bytes);
  void read_notice(Language language, std::string_view bytes);
  void read_message(Language language, std::string_view bytes);
  // What those get whose own result a correction changed. To be read where there is one.
  void read_changed_message(Language language, std::string_view bytes);
  // A reader of the same decision that has read nothing: for another thread. What it was given is taken over with `take`.
  Proofreader apart() const;
  // As if this reader had been given what the other one was given, after its own.
  void take(Proofreader&& other);
  // All findings, with whatever was never read.
  std::vector<Finding> finish();

  std::size_t pages_read() const { return pages_.size(); }

 private:
  struct Fields;
  void add(const std::string& code, const std::string& number, const Text& what);
  void add_page_twice(const std::string& number);
  void add_list_twice();
  void expect(const std::string& code, const std::string& number, const Fields& fields, const std::string& name,
              const std::string& wanted);
  void check_order(const std::string& number, Language language, const Row& row,
                   const std::vector<std::string>& order);
  void check_lines(const std::string& number, Language language, const Row& row, const Fields& fields);
  void check_frame(const std::string& number, Language language, const Fields& fields);
  void read_decision(const Decided& decided);
  // Of the units in their order; nobody after a withdrawal.
  const std::map<std::string, std::set<std::string>>& wanted_list() const;
  std::string unit_words(const std::string& unit, Language language) const;
  std::string wanted_message(Language language) const;
  // What somebody of this outcome is told to do next.
  const Text& next_of(const std::string& outcome) const;

  const Decided& decided_;
  const Ordered& ordered_;
  std::map<std::string, Row> rows_;
  std::map<std::string, std::string> cuts_;            // by unit
  std::map<std::string, std::set<std::string>> listed_;  // by unit
  std::set<std::pair<std::string, Language>> pages_;
  std::set<std::pair<std::string, Language>> texts_;  // list, notice, message; list.csv once
  std::vector<Finding> findings_;
};

}  // namespace hanjari::proofreading
