// What people are shown of a decision, as bytes in both languages: every person's page, the public list, the notice and the
// message that says results can be seen. All of it is made before the minute; proofreading judges it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/text.h"

namespace hanjari::announcement {

// What the pages are about: each stage has sentences and labels of its own.
enum class Stage { written, final };

// The decision on one person, in the words of decisions.csv, in the final stage of decisions_final.csv.
struct Person {
  std::string number;
  std::string unit_code;
  Text unit_name;
  // absent, below_line, passed, passed_equality, not_passed, void; final: absent, poor, passed, passed_equality, not_passed, call_up,
  // declined
  std::string outcome;
  std::vector<std::string> reasons;                        // of column `reasons`, split at `;`
  std::optional<std::string> total;                        // two decimals
  std::optional<std::int64_t> rank;                        // from 1
  std::optional<std::string> cut;                          // of the unit, two decimals
  std::vector<std::pair<std::string, std::string>> scores;  // subject and raw mark, by subject
  // Of the final stage only; `total` and `rank` are those of the written one there.
  std::optional<std::string> grade{};          // of the interview: excellent, ordinary, poor
  std::optional<std::int64_t> reserve_rank{};  // from 1
};

// What officers write for a version; none of it may be empty that somebody is shown.
struct OfficersWords {
  Text next_passed;  // what those who passed do next, and until when
  Text next_others;  // what everybody else can do
  Text objection;    // how and until when to object
  Text next_called{};  // final stage: what those do next who are called up for an interview
};

// What is the same on every page of a version.
struct Edition {
  Text exam_name;
  std::int64_t version = 1;
  Text released_at;  // the minute as people read it
  Text reason;       // of a correction or withdrawal; empty for the first version
  OfficersWords words;
  bool withdrawn = false;  // takes back the release before
  Stage stage = Stage::written;
};

struct UnitList {
  std::string code;
  Text name;
  std::vector<std::string> numbers;  // of who passed, in byte order
};

// Mustache, one for each language. Labels stand in them; what is filled in comes escaped.
struct Templates {
  Text page;
  Text list;
  Text notice;
  Text message;
};
const Templates& own_templates(Stage stage = Stage::written);
// SHA-256 over all of them, 64 hexadecimal digits.
std::string digest_templates(const Templates& templates);

// A part of a page: one <article>. Throws InvalidInput naming the person's number: unknown_outcome, unknown_reason, unknown_grade,
// missing_text, broken_template.
std::string render_page(const Templates& templates, const Edition& edition, const Person& person, Language language);

// The same for many people of one edition: each template is read once, and what all pages share is put together once. Used by one
// thread at a time; `templates` and `edition` outlive it.
class PageWriter {
 public:
  PageWriter(const Templates& templates, const Edition& edition);
  ~PageWriter();
  PageWriter(const PageWriter&) = delete;
  PageWriter& operator=(const PageWriter&) = delete;
  // Throws as render_page.
  std::string write(const Person& person, Language language);

 private:
  struct Prepared;
  const Templates& templates_;
  const Edition& edition_;
  std::unique_ptr<Prepared> english_;  // made with the first page of each language
  std::unique_ptr<Prepared> korean_;
};

// The public list: units in the given order, numbers only. Throws InvalidInput (missing_text, broken_template), as the next.
std::string render_list(const Templates& templates, const Edition& edition, const std::vector<UnitList>& units,
                        Language language);
std::string render_notice(const Templates& templates, const Edition& edition, Language language);
// Plain text, the same for everybody: no message tells a result.
std::string render_message(const Templates& templates, const Edition& edition, Language language);
// Of a correction, the same for everybody whose own result is another one by it: with a sentence that says so, and not which.
std::string render_changed_message(const Templates& templates, const Edition& edition, Language language);

}  // namespace hanjari::announcement
