#include "hanjari/venues/venue_letters.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "venues/entry_faults.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_instruction = 10'000;

[[noreturn]] void throw_district_not_asked() {
  throw NotFound("no_such_district", {"Nothing is asked of this district.", "이 자치구에는 시험장을 요청하지 않았습니다."});
}

// What goes to every district by mail says only that there is something: the words stand behind the sign-in.
// Of several that wait one is enough.
Message notice_of_letter(const ExamCode& exam, const DistrictWish& wish, const ExamWords& words) {
  Message message = message_to_office(
      "venue-letter/" + draw_token(), exam, wish.email,
      {fmt::format("{}: the city wrote to you", words.name.en), fmt::format("{}: 시청에서 보낸 글이 있습니다", words.name.ko)},
      {"There is a new letter about your venues. Sign in to the office to read it.",
       "시험장에 관한 새 글이 있습니다. 업무 시스템에 로그인하여 확인하십시오."});
  message.digest = fmt::format("venue-letter/{}/{}", exam.text(), wish.district.text());
  return message;
}

// One a day from a district, however much it writes: a flood of letters floods no mailbox.
Message notice_to_city(const Exchange& exchange, const std::string& email, const ExamWords& words, Instant now) {
  const Text district = name_of_district(exchange.district.text());
  const std::string day = format_date(local_time(now, words.zone).day);
  return message_to_office(
      fmt::format("venue-letter-city/{}/{}/{}", exchange.exam.text(), exchange.district.text(), day), exchange.exam, email,
      {fmt::format("{}: a letter from {}", words.name.en, district.en), fmt::format("{}: 자치구의 글({})", words.name.ko, district.ko)},
      {"A district has written about its venues. Sign in to the office to read it.",
       "시험장에 관한 자치구의 새 글이 있습니다. 업무 시스템에 로그인하여 확인하십시오."});
}

void check_letter_files(std::vector<LetterFile>& files) {
  if (files.size() > most_letter_files) {
    throw InvalidInput("too_many_files", {fmt::format("A letter has at most {} files.", most_letter_files),
                                          fmt::format("글 하나에 파일은 {}개까지 붙일 수 있습니다.", most_letter_files)});
  }
  for (LetterFile& file : files) {
    if (file.bytes.empty()) {
      throw InvalidInput("file_missing", {fmt::format("The file {} is empty.", file.name), fmt::format("빈 파일입니다: {}", file.name)});
    }
    if (file.bytes.size() > longest_letter_file) {
      throw InvalidInput("file_too_large", {"A file has at most 5 MB.", "파일은 하나에 5MB까지 올릴 수 있습니다."});
    }
    file.id = draw_token();
    file.size = static_cast<std::int64_t>(file.bytes.size());
  }
}

VenueRequest load_letter_request(const LetterGround& ground, const ExamCode& exam) {
  if (auto request = find_letter_request(ground, exam)) return std::move(*request);
  return load_request(ground.offers, exam);  // says why there is none
}

// Of a district that nothing is asked of the own request knows no address. The newest request of another exam does: its office is the
// same, and the address ends with that exam's personal data.
void add_known_addresses(const LetterGround& ground, VenueRequest& request) {
  const auto own = ground.offers.find_request(request.exam);
  for (const VenueRequest& other : ground.offers.list_requests()) {
    if (other.exam == request.exam) continue;
    if (!own && request.city_email.empty()) request.city_email = other.city_email;
    for (DistrictWish& wish : request.districts) {
      // Where an address was left out on purpose none is looked for.
      if (!wish.email.empty() || (own && own->find(wish.district) != nullptr)) continue;
      if (const DistrictWish* known = other.find(wish.district)) wish.email = known->email;
    }
  }
}

VenueRequest load_addressed_request(const LetterGround& ground, const ExamCode& exam) {
  VenueRequest request = load_letter_request(ground, exam);
  add_known_addresses(ground, request);
  return request;
}

void require_asked_district(const LetterGround& ground, const Actor& actor, const ExamCode& exam) {
  if (is_of_city(actor)) return;
  if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
  if (load_letter_request(ground, exam).find(*actor.district) == nullptr) throw_district_not_asked();
}

std::vector<VenueSummary> list_planned_venues(const LetterGround& ground, const Actor& actor, const ExamCode& exam) {
  if (ground.plans == nullptr || (!is_of_city(actor) && !actor.district)) return {};
  return ground.plans->list_venues(exam, is_of_city(actor) ? std::nullopt : actor.district);
}

// Of the actor's own venues alone: one of another district takes as long as one that is not there, and is refused in the same words.
DistrictCode district_of_venue(const LetterGround& ground, const Actor& actor, const ExamCode& exam, const VenueCode& venue) {
  for (const VenueSummary& one : list_planned_venues(ground, actor, exam)) {
    if (one.code == venue) return one.district;
  }
  return open_offer(ground.offers, actor, exam, venue).district;
}

void check_instruction(const Instruction& instruction) {
  EntryFaults faults;
  if (instruction.title.empty() || count_characters(instruction.title) > longest_title) {
    faults.add("title", {fmt::format("Enter a title of at most {} characters.", longest_title),
                         fmt::format("제목을 {}자 이내로 입력하십시오.", longest_title)});
  }
  if (instruction.words.empty() || count_characters(instruction.words) > longest_instruction) {
    faults.add("words", {fmt::format("Enter the instruction, at most {} characters.", group_digits(longest_instruction)),
                         fmt::format("지침 내용을 {}자 이내로 입력하십시오.", group_digits(longest_instruction))});
  }
  faults.throw_if_any("instruction_incomplete");
}

}  // namespace

std::optional<VenueRequest> find_letter_request(const LetterGround& ground, const ExamCode& exam) {
  auto request = ground.offers.find_request(exam);
  if (ground.plans == nullptr) return request;
  std::set<DistrictCode> districts;
  for (const VenueSummary& venue : ground.plans->list_venues(exam, std::nullopt)) districts.insert(venue.district);
  if (!request && districts.empty()) return std::nullopt;
  if (!request) {
    request.emplace();
    request->exam = exam;
  }
  // Also beside a request: letters that were written before it was made stay where they are read.
  for (const DistrictCode& district : districts) {
    if (request->find(district) == nullptr) request->districts.push_back({district, 0, ""});
  }
  std::sort(request->districts.begin(), request->districts.end(),
            [](const DistrictWish& a, const DistrictWish& b) { return a.district < b.district; });
  return request;
}

std::vector<DistrictCode> list_districts_without_mail(const LetterGround& ground, const Actor& actor, const ExamCode& exam) {
  require_city(actor);
  std::vector<DistrictCode> without;
  for (const DistrictWish& wish : load_addressed_request(ground, exam).districts) {
    if (wish.email.empty()) without.push_back(wish.district);
  }
  return without;
}

std::vector<VenueOffer> list_letter_venues(const LetterGround& ground, const Actor& actor, const ExamCode& exam) {
  std::vector<VenueOffer> venues = list_own_offers(ground.offers, actor, exam);
  std::set<VenueCode> offered;
  for (const VenueOffer& venue : venues) offered.insert(venue.code);
  for (const VenueSummary& planned : list_planned_venues(ground, actor, exam)) {
    if (offered.contains(planned.code)) continue;
    VenueOffer venue;
    venue.exam = exam;
    venue.code = planned.code;
    venue.name = planned.name;
    venue.district = planned.district;
    venues.push_back(std::move(venue));
  }
  return venues;
}

Exchange choose_exchange(const LetterGround& ground, const Actor& actor, const ExamCode& exam,
                         const DistrictCode& district, const VenueCode& venue) {
  Exchange exchange{exam, district, venue};
  if (!is_of_city(actor)) {
    if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
    exchange.district = *actor.district;
  }
  const VenueRequest request = load_letter_request(ground, exam);
  if (!venue.empty()) {
    exchange.district = district_of_venue(ground, actor, exam, venue);
  } else if (request.find(exchange.district) == nullptr) {
    throw_district_not_asked();
  }
  return exchange;
}

std::vector<Letter> read_letters(VenueLetterRepository& letters, const Actor& actor, const Exchange& exchange) {
  require_own_district(actor, exchange.district);
  std::vector<Letter> list = letters.list_letters(exchange);
  if (!list.empty()) letters.mark_read(exchange, actor.account, list.back().number);
  return list;
}

void write_letter(const LetterGround& ground, VenueLetterRepository& letters, const Actor& actor,
                  const Exchange& exchange, const std::string& words, const ExamWords& exam, Instant now,
                  std::vector<LetterFile> files) {
  require_own_district(actor, exchange.district);
  Letter letter;
  letter.from_city = is_of_city(actor);
  letter.author = actor.account;
  letter.words = require_told(words);
  letter.at = now;
  check_letter_files(files);
  letter.files = std::move(files);
  std::vector<Message> messages;
  const VenueRequest request = load_addressed_request(ground, exchange.exam);
  const DistrictWish* wish = request.find(exchange.district);
  if (letter.from_city && wish != nullptr && !wish->email.empty())
    messages.push_back(notice_of_letter(exchange.exam, *wish, exam));
  if (!letter.from_city && !request.city_email.empty())
    messages.push_back(notice_to_city(exchange, request.city_email, exam, now));
  letters.add_letter(exchange, letter, messages, change_of(actor, "", now));
}

LetterFile take_letter_file(VenueLetterRepository& letters, AccessRecord& accesses, const Actor& actor,
                            const Exchange& exchange, const std::string& id, Instant now) {
  require_own_district(actor, exchange.district);
  auto file = letters.find_letter_file(exchange, id);
  if (!file) throw NotFound("no_such_file", {"There is no such file.", "해당 파일이 없습니다."});
  const std::string place = exchange.venue.empty() ? exchange.district.text() : exchange.venue.text();
  AuditNote note{"venue_letter_file.read", fmt::format("{}/{}", exchange.exam.text(), place), id};
  note.exam = exchange.exam.text();
  accesses.record_access(change_of(actor, "", now), note);
  return std::move(*file);
}

UnreadLetters count_own_unread(VenueLetterRepository& letters, const Actor& actor, const ExamCode& exam) {
  UnreadLetters unread = letters.count_unread(exam, actor.account, is_of_city(actor));
  if (is_of_city(actor)) return unread;
  std::erase_if(unread, [&](const auto& one) { return !actor.district || one.first.first != *actor.district; });
  return unread;
}

void publish_instruction(const LetterGround& ground, VenueLetterRepository& letters, const Actor& actor,
                         const ExamCode& exam, const std::string& title, const std::string& words,
                         const ExamWords& about, Instant now) {
  require_city(actor);
  const VenueRequest request = load_addressed_request(ground, exam);
  Instruction instruction;
  instruction.title = clean_line(title);
  instruction.words = clean_lines(words);
  instruction.author = actor.account;
  instruction.at = now;
  check_instruction(instruction);
  std::vector<Message> messages;
  for (const DistrictWish& wish : request.districts) {
    if (!wish.email.empty()) messages.push_back(notice_of_letter(exam, wish, about));
  }
  letters.add_instruction(exam, instruction, messages, change_of(actor, "", now));
}

std::vector<Instruction> read_instructions(const LetterGround& ground, VenueLetterRepository& letters, const Actor& actor,
                                           const ExamCode& exam) {
  require_asked_district(ground, actor, exam);
  return letters.list_instructions(exam);
}

void confirm_reading(const LetterGround& ground, VenueLetterRepository& letters, const Actor& actor, const ExamCode& exam,
                     std::int64_t number, Instant now) {
  if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
  require_asked_district(ground, actor, exam);
  InstructionReceipt receipt;
  receipt.number = number;
  receipt.account = actor.account;
  receipt.district = *actor.district;
  receipt.at = now;
  letters.add_receipt(exam, receipt, change_of(actor, "", now));
}

}  // namespace hanjari::services
