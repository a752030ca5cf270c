// Objections of people to their own released results. They are answered with a reason; nothing of them changes a result: who is right is
// shown so by a correction, which goes through all the steps of a release.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/base/date.h"
#include "hanjari/messages/messages.h"
#include "hanjari/publications/publications.h"

namespace hanjari::services {

inline constexpr std::size_t longest_objection = 6'000;  // bytes; so is an answer
inline constexpr std::size_t most_objections = 5;        // of one person in one stage

enum class ObjectionOutcome { waits, upheld, dismissed };
std::string_view spell(ObjectionOutcome outcome);  // empty while it waits
std::optional<ObjectionOutcome> parse_objection_outcome(std::string_view word);

// Who is told of the answer.
struct ObjectionSender {
  std::string account;
  Language language = Language::korean;
};

struct Objection {
  std::string id;
  ExamCode exam;
  std::int64_t no = 0;  // in the exam, from 1
  proof::Stage stage = proof::Stage::written;
  std::int64_t release = 0;  // version of the release that it is about
  std::string number;
  ObjectionSender sender;
  std::string words;
  Instant sent_at{};
  ObjectionOutcome outcome = ObjectionOutcome::waits;
  std::string answer;
  std::string answered_by;
  std::optional<Instant> answered_at;
};

// Number, sender and words as they are kept sealed; reading throws for words that are none.
std::string write_objection_content(const Objection& one);
void read_objection_content(const std::string& content, Objection& one);

// Until when somebody may object to this release: the end of the day that was ordered, by the clock of the exam; nothing: no day was.
std::optional<Instant> objections_close(const Publication& released, const std::string& zone);
// Whether somebody with a result in the newest release may object now.
bool takes_objections(const Publication& released, const std::string& zone, Instant now);

// Of the person whose number this is, to the newest release of the stage. Throws Conflict: not_released, also for somebody who was not
// decided; objections_closed; objection_waits, while an earlier one of the person has no answer; too_many_objections. InvalidInput
// (bad_objection) for words that are none.
Objection send_objection(PublicationRepository&, const ExamCode& exam, proof::Stage stage, const std::string& number,
                         const ObjectionSender& sender, const std::string& typed_words, const std::string& zone, const Change& change);
// Newest first; of both stages unless one is named.
std::vector<Objection> list_own_objections(PublicationRepository&, const ExamCode& exam, proof::Stage stage, const std::string& number);

// All of an exam, those that wait first, recorded with the numbers before they are given.
std::vector<Objection> open_objections(PublicationRepository&, AccessRecord&, const ExamCode& exam, const Change& change);
// Throws NotFound (unknown_objection), Conflict (objection_answered), InvalidInput (bad_objection).
Objection answer_objection(PublicationRepository&, const ExamCode& exam, std::int64_t no, ObjectionOutcome outcome,
                           const std::string& typed_answer, const Change& change);
// A letter that says that there is an answer, and neither which nor to what. Told once, however often it is called.
void tell_of_answer(MessageOutbox&, const Objection& answered, const Text& exam_name, Instant now);

}  // namespace hanjari::services
