#include "hanjari/materials/packing.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/paper_counts.h"
#include "hanjari/seating/numbers.h"

namespace hanjari::services {
namespace {

constexpr std::array<char, 3> parcel_letters{'Q', 'A', 'B'};

Item paper_item(ItemKind kind, char booklet, const std::string& set) {
  Item item;
  item.kind = kind;
  item.booklet = booklet;
  item.set = set;
  return item;
}

Item plain_item(ItemKind kind) {
  Item item;
  item.kind = kind;
  return item;
}

PackedItem packed(const Item& item, std::int64_t needed, std::int64_t spare) {
  PackedItem one;
  one.item = item;
  one.needed = needed;
  one.spare = spare;
  return one;
}

// Papers of units that have one set of questions are the same papers.
std::vector<PackedItem> question_items(const Exam& exam, const std::vector<const Placement*>& people) {
  std::map<Item, PackedItem> items;
  const auto at = [&](ItemKind kind, char booklet, const std::string& set) -> PackedItem& {
    PackedItem& one = items[paper_item(kind, booklet, set)];
    one.item = paper_item(kind, booklet, set);
    return one;
  };
  for (const auto& [paper, count] : documents::count_papers(exam, people))
    at(ItemKind::booklet, paper.booklet, exam[paper.unit].subject_set).spare += count.spare;
  for (const Placement* placement : people) {
    const Applicant& person = exam[placement->applicant];
    const ItemKind kind = person.accommodation.large_print ? ItemKind::large_print : ItemKind::booklet;
    PackedItem& one = at(kind, placement->booklet, exam[person.unit].subject_set);
    ++one.needed;
    one.seats.push_back(placement->seat_no);
  }
  std::vector<PackedItem> list;
  for (auto& [item, one] : items) {
    if (one.count() > 0) list.push_back(std::move(one));
  }
  return list;
}

PackedRoom pack_room(const Packing& packing, const Exam& exam, const Room& room, std::vector<const Placement*> people,
                     const PackingSettings& settings) {
  std::sort(people.begin(), people.end(),
            [](const Placement* a, const Placement* b) { return a->seat_no < b->seat_no; });
  PackedRoom made;
  made.room_no = room.room_no;
  made.building = room.building;
  made.floor = room.floor;
  made.people = static_cast<std::int64_t>(people.size());
  made.questions.kind = ParcelKind::questions;
  made.questions.number = room.room_no;
  made.questions.code = parcel_code(packing.exam, packing.venue, ParcelKind::questions, room.room_no);
  made.questions.items = question_items(exam, people);
  made.sheets.kind = ParcelKind::sheets;
  made.sheets.number = room.room_no;
  made.sheets.code = parcel_code(packing.exam, packing.venue, ParcelKind::sheets, room.room_no);
  made.sheets.items.push_back(packed(plain_item(ItemKind::answer_sheet), made.people, settings.spare_sheets_per_room));
  if (settings.seals_per_envelope > 0) {
    made.questions.items.push_back(packed(plain_item(ItemKind::seal), settings.seals_per_envelope, 0));
    made.sheets.items.push_back(packed(plain_item(ItemKind::seal), settings.seals_per_envelope, 0));
  }
  return made;
}

void pack_boxes(Packing& packing, const PackingSettings& settings) {
  const int capacity = std::max(1, settings.envelopes_per_box);
  for (const PackedRoom& room : packing.rooms) {
    for (const Parcel* envelope : {&room.questions, &room.sheets}) {
      if (packing.boxes.empty() || packing.boxes.back().holds.size() >= static_cast<std::size_t>(capacity)) {
        Parcel box;
        box.kind = ParcelKind::box;
        box.number = static_cast<int>(packing.boxes.size()) + 1;
        box.code = parcel_code(packing.exam, packing.venue, ParcelKind::box, box.number);
        packing.boxes.push_back(std::move(box));
      }
      packing.boxes.back().holds.push_back(envelope->code);
    }
  }
  if (packing.boxes.empty() || settings.reserve_booklets_per_venue <= 0) return;
  for (const auto& [item, count] : packing.totals()) {
    if (item.kind == ItemKind::booklet)
      packing.boxes.front().items.push_back(packed(item, 0, settings.reserve_booklets_per_venue));
  }
}

std::string seats_in_words(const std::vector<int>& seats) {
  std::string words;
  for (const int seat : seats) words += (words.empty() ? "" : ", ") + std::to_string(seat);
  return words;
}

Text name_of_parcel(ParcelKind kind) {
  switch (kind) {
    case ParcelKind::questions:
      return {"Questions", "문제지 봉투"};
    case ParcelKind::sheets:
      return {"Answer sheets", "답안지 봉투"};
    case ParcelKind::box:
      break;
  }
  return {"Box", "상자"};
}

void add_parcel_rows(documents::Sheet& sheet, const Parcel& parcel, documents::SheetCell room, const SetNames& sets,
                     Language language) {
  for (const PackedItem& item : parcel.items) {
    sheet.rows.push_back({room, name_of_parcel(parcel.kind).in(language), parcel.code,
                          name_of(item.item, sets).in(language), item.needed, item.spare, item.count(), seats_in_words(item.seats)});
  }
}

}  // namespace

char letter_of(ParcelKind kind) {
  return parcel_letters[static_cast<std::size_t>(kind)];
}

std::map<Item, std::int64_t> Packing::totals() const {
  std::map<Item, std::int64_t> sums;
  const auto add = [&](const Parcel& parcel) {
    for (const PackedItem& item : parcel.items) sums[item.item] += item.count();
  };
  for (const PackedRoom& room : rooms) {
    add(room.questions);
    add(room.sheets);
  }
  for (const Parcel& box : boxes) add(box);
  return sums;
}

const Parcel* Packing::find(std::string_view code) const {
  for (const PackedRoom& room : rooms) {
    if (room.questions.code == code) return &room.questions;
    if (room.sheets.code == code) return &room.sheets;
  }
  for (const Parcel& box : boxes) {
    if (box.code == code) return &box;
  }
  return nullptr;
}

Packing pack_venue(const PlannedExam& planned, VenueIndex venue, const PackingSettings& settings) {
  const Exam& exam = planned.exam;
  Packing packing;
  packing.exam = exam.header.code;
  packing.venue = exam[venue].code;
  packing.district = DistrictCode(exam.words[exam[venue].district]);
  packing.venue_name = exam[venue].name;
  packing.plan_digest = planned.plan.digest;
  packing.sets = name_sets(exam.units);
  std::map<RoomIndex, std::vector<const Placement*>> rooms;
  for (const Placement& placement : planned.plan.placements) {
    if (placement.venue == venue) rooms[placement.room].push_back(&placement);
  }
  for (const auto& [room, people] : rooms) packing.rooms.push_back(pack_room(packing, exam, exam[room], people, settings));
  std::sort(packing.rooms.begin(), packing.rooms.end(),
            [](const PackedRoom& a, const PackedRoom& b) { return a.room_no < b.room_no; });
  pack_boxes(packing, settings);
  return packing;
}

std::string parcel_code(const ExamCode& exam, const VenueCode& venue, ParcelKind kind, int number) {
  const std::string body = fmt::format("{}.{}.{}", venue.text(), number, letter_of(kind));
  return fmt::format("{}.{}", body, seating::check_digit(exam.text() + body));
}

ReadParcel read_parcel_code(const ExamCode& exam, std::string_view typed) {
  const std::string text = clean_signs(typed);
  const auto refuse = [] {
    throw InvalidInput("no_parcel_code", {"This is no code of an envelope or box. It looks like V0001.12.Q.7.",
                                          "봉투나 상자의 코드가 아닙니다. V0001.12.Q.7과 같은 모양입니다."});
  };
  const std::size_t before_check = text.rfind('.');
  if (before_check == std::string::npos || before_check == 0 || before_check + 2 != text.size()) refuse();
  const std::size_t before_kind = text.rfind('.', before_check - 1);
  if (before_kind == std::string::npos || before_kind == 0 || before_kind + 2 != before_check) refuse();
  const std::size_t before_number = text.rfind('.', before_kind - 1);
  if (before_number == std::string::npos || before_number == 0) refuse();
  ReadParcel read;
  read.venue = VenueCode(text.substr(0, before_number));
  const char letter = text[before_kind + 1];
  const auto* kind = std::find(parcel_letters.begin(), parcel_letters.end(), letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter);
  if (kind == parcel_letters.end()) refuse();
  read.kind = static_cast<ParcelKind>(kind - parcel_letters.begin());
  const char* first = text.data() + before_number + 1;
  const char* last = text.data() + before_kind;
  const auto [end, error] = std::from_chars(first, last, read.number);
  if (error != std::errc() || end != last || read.number < 1 || *first == '0') refuse();
  if (parcel_code(exam, read.venue, read.kind, read.number).back() != text.back()) {
    throw InvalidInput("wrong_check_digit", {"The last digit does not fit: something was read or typed wrongly, or the label is of another exam.",
                                             "마지막 검증 숫자가 맞지 않습니다. 잘못 읽었거나 잘못 입력했거나 다른 시험의 라벨입니다."});
  }
  return read;
}

documents::Sheet packing_sheet(const Packing& packing, Language language) {
  const bool korean = language == Language::korean;
  documents::Sheet sheet;
  sheet.name = korean ? "포장 목록" : "Packing list";
  sheet.headings = {{korean ? "시험실" : "Room", 8},         {korean ? "봉투" : "Parcel", 14}, {korean ? "코드" : "Code", 18},
                    {korean ? "품목" : "Item", 24},          {korean ? "필요" : "Needed", 8},  {korean ? "예비" : "Spare", 8},
                    {korean ? "합계" : "Together", 9}, {korean ? "좌석 순서" : "Seats in order", 40}};
  for (const PackedRoom& room : packing.rooms) {
    add_parcel_rows(sheet, room.questions, std::int64_t{room.room_no}, packing.sets, language);
    add_parcel_rows(sheet, room.sheets, std::int64_t{room.room_no}, packing.sets, language);
  }
  for (const Parcel& box : packing.boxes) {
    std::string holds;
    for (const std::string& code : box.holds) holds += (holds.empty() ? "" : ", ") + code;
    sheet.rows.push_back({std::monostate{}, name_of_parcel(box.kind).in(language), box.code,
                          std::string(korean ? "봉투" : "Envelopes"), static_cast<std::int64_t>(box.holds.size()),
                          std::int64_t{0}, static_cast<std::int64_t>(box.holds.size()), holds});
    add_parcel_rows(sheet, box, std::monostate{}, packing.sets, language);
  }
  return sheet;
}

}  // namespace hanjari::services
