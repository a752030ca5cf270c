#include "hanjari/documents/changed_papers.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "documents/drawing/page_frame.h"
#include "documents/paper_registry.h"
#include "documents/tables/venue_people.h"
#include "hanjari/documents/csv.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/workbook.h"

namespace hanjari::documents {
namespace {

bool says_the_same(const Exam& exam, const Placement& now, const PlacementRow& before) {
  return now.number == before.applicant_number && exam[now.venue].code == before.venue_code &&
         exam[now.room].room_no == before.room_no && now.seat_no == before.seat_no && now.desk.row == before.row &&
         now.desk.column == before.column && before.booklet == std::string(1, now.booklet);
}

class ChangeList {
 public:
  ChangeList(const PlannedExam& planned, const ChangedPapers& changed, const PaperContext& context)
      : exam_(planned.exam), planned_(planned), changed_(changed), korean_(context.language == Language::korean) {
    const std::string& digest = context.plan_digest.empty() ? planned.plan.digest : context.plan_digest;
    plan_ = {context.version, short_digest(digest), short_digest(changed.replaces)};
    lines_.push_back({say("문서", "Paper"), say("시험장 코드", "Venue code"), say("시험장", "Venue"),
                      say("시험실", "Room"), say("응시번호", "Number"), say("할 일", "To do"), say("판", "Edition"),
                      say("배정안", "Plan"), say("이전 배정안", "Older plan")});
  }

  void add(const PaperKind& kind) {
    const std::string title = kind.title.in(korean_ ? Language::korean : Language::english);
    const auto table = changed_.part.tables.find(kind.name);
    for (std::size_t i = 0; i < exam_.venues.size(); ++i) {
      if (!(kind.subject == PaperSubject::venue ? table->second : changed_.part.venues)[i]) continue;
      const std::vector<RoomPeople> rooms = rooms_with_people(planned_, VenueIndex(i));
      const Venue& venue = exam_.venues[i];
      if (kind.subject == PaperSubject::venue) line(title, venue, "", "", rooms.empty());
      for (const RoomPeople& room : rooms) {
        const std::string room_no = std::to_string(exam_[room.room].room_no);
        if (kind.subject == PaperSubject::room && changed_.part.rooms[room.room.value])
          line(title, venue, room_no, "", false);
        if (kind.subject != PaperSubject::person) continue;
        for (const Placement* one : room.people) {
          if (changed_.part.people[one->applicant.value]) line(title, venue, room_no, one->number.text(), false);
        }
      }
    }
    if (kind.subject == PaperSubject::room) {
      for (const VoidRoom& room : changed_.void_rooms) {
        line(title, room.venue, name_of_venue(room.venue), std::to_string(room.room_no), "", true);
      }
    }
    if (kind.subject == PaperSubject::person) {
      for (const VoidSlip& slip : changed_.void_slips) {
        line(title, slip.venue, name_of_venue(slip.venue), "", slip.number.text(), true);
      }
    }
  }

  std::string csv() const {
    PeopleCsv csv;
    for (const std::vector<std::string>& line : lines_) csv.add_line(line);
    return csv.take();
  }

  // Empty where a sheet has no room for so many lines.
  std::string workbook() const {
    constexpr std::size_t most_lines = 1'048'576;
    if (lines_.size() > most_lines) return {};
    constexpr std::array<int, 9> widths{18, 12, 28, 9, 14, 12, 8, 16, 16};
    Sheet sheet;
    sheet.name = say("바뀐 문서", "Changed papers");
    for (std::size_t i = 0; i < widths.size(); ++i) sheet.headings.push_back({lines_.front()[i], widths[i]});
    for (auto line = lines_.begin() + 1; line != lines_.end(); ++line)
      sheet.rows.emplace_back(line->begin(), line->end());
    return render_workbook({sheet});
  }

 private:
  std::string say(const char* ko, const char* en) const { return korean_ ? ko : en; }

  std::string name_of_venue(const VenueCode& code) const {
    if (const VenueIndex known = exam_.find(code); known.exists()) return exam_[known].name;
    const auto lost = changed_.venue_names.find(code);
    return lost == changed_.venue_names.end() ? std::string() : lost->second;
  }

  void line(const std::string& paper, const Venue& venue, const std::string& room, const std::string& number,
            bool is_void) {
    line(paper, venue.code, venue.name, room, number, is_void);
  }
  void line(const std::string& paper, const VenueCode& code, const std::string& name, const std::string& room,
            const std::string& number, bool is_void) {
    std::vector<std::string> values{
        paper, code.text(), name, room, number, is_void ? say("폐기", "throw away") : say("새로 인쇄", "print again")};
    values.insert(values.end(), plan_.begin(), plan_.end());
    lines_.push_back(std::move(values));
  }

  const Exam& exam_;
  const PlannedExam& planned_;
  const ChangedPapers& changed_;
  bool korean_;
  std::vector<std::string> plan_;
  std::vector<std::vector<std::string>> lines_;  // the headings first
};

// The older plan as far as this exam knows its people, venues and rooms.
PlannedExam known_part(const Exam& exam, const PlanRows& before) {
  PlannedExam known{exam, {}};
  for (const PlacementRow& row : before.placements) {
    const VenueIndex venue = exam.find(row.venue_code);
    const ApplicantIndex applicant = exam.find(row.applicant_id);
    if (!venue.exists() || !applicant.exists()) continue;
    const RoomIndex room = exam.find(venue, static_cast<int>(row.room_no));
    if (!room.exists()) continue;
    known.plan.placements.push_back({applicant, row.applicant_number, venue, room, static_cast<int>(row.seat_no),
                                     Desk{static_cast<int>(row.row), static_cast<int>(row.column)},
                                     row.booklet.empty() ? 'A' : row.booklet.front(), row.travel_m});
  }
  count_used_seats(exam.policy, known.plan.placements);
  return known;
}

void compare_tables(const PlannedExam& planned, const PlannedExam& before, const PaperContext& context,
                    PaperPart& part) {
  for (const RegisteredPaper& paper : registered_papers()) {
    if (paper.subject != PaperSubject::venue) continue;
    std::vector<bool>& differs = part.tables[paper.name];
    for (std::size_t i = 0; i < planned.exam.venues.size(); ++i) {
      differs.push_back(paper.table(planned, VenueIndex(i), context).sections !=
                        paper.table(before, VenueIndex(i), context).sections);
    }
  }
}

}  // namespace

bool ChangedPapers::any() const {
  return std::find(part.venues.begin(), part.venues.end(), true) != part.venues.end() || !void_rooms.empty() ||
         !void_slips.empty();
}

void ChangedPapers::keep_only(const Exam& exam, VenueIndex venue) {
  const auto restrict_to_it = [&](std::vector<bool>& flags) {
    for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = flags[i] && venue == VenueIndex(i);
  };
  restrict_to_it(part.venues);
  for (auto& [paper, venues] : part.tables) restrict_to_it(venues);
  std::erase_if(void_rooms, [&](const VoidRoom& room) { return room.venue != exam[venue].code; });
  std::erase_if(void_slips, [&](const VoidSlip& slip) { return slip.venue != exam[venue].code; });
}

ChangedPapers compare_papers(const PlannedExam& planned, const PlanRows& before, const PaperContext& context) {
  const Exam& exam = planned.exam;
  ChangedPapers changed;
  changed.replaces = before.digest;
  for (const VenueName& known : before.venue_names) changed.venue_names.emplace(known.code, known.name);
  PaperPart& part = changed.part;
  part.venues.resize(exam.venues.size());
  part.rooms.resize(exam.rooms.size());
  part.people.resize(exam.applicants.size());

  using Place = std::pair<VenueCode, std::int64_t>;
  std::map<Place, RoomIndex> rooms_now;
  std::map<ApplicantId, const PlacementRow*> rows;
  std::set<Place> left;  // rooms that somebody has left
  for (const PlacementRow& row : before.placements) rows.emplace(row.applicant_id, &row);
  for (const Placement& now : planned.plan.placements) {
    const Place place{exam[now.venue].code, exam[now.room].room_no};
    rooms_now.emplace(place, now.room);
    const auto old = rows.find(exam[now.applicant].id);
    const bool is_new = old == rows.end();
    if (!is_new && says_the_same(exam, now, *old->second)) {
      rows.erase(old);
      continue;
    }
    part.people[now.applicant.value] = true;
    part.rooms[now.room.value] = true;
    part.venues[now.venue.value] = true;
    if (is_new) continue;
    left.insert({old->second->venue_code, old->second->room_no});
    rows.erase(old);
  }
  for (const auto& [id, row] : rows) {
    changed.void_slips.push_back({row->venue_code, row->applicant_number});
    left.insert({row->venue_code, row->room_no});
  }
  std::sort(changed.void_slips.begin(), changed.void_slips.end());
  for (const auto& [venue_code, room_no] : left) {
    if (const auto room = rooms_now.find({venue_code, room_no}); room != rooms_now.end()) {
      part.rooms[room->second.value] = true;
    } else {
      changed.void_rooms.push_back({venue_code, room_no});
    }
    if (const VenueIndex venue = exam.find(venue_code); venue.exists()) part.venues[venue.value] = true;
  }
  if (changed.any()) compare_tables(planned, known_part(exam, before), context, part);
  return changed;
}

EarlierSeats seats_before(const Exam& exam, const PlanRows& before) {
  EarlierSeats seats;
  std::map<VenueCode, std::string> names;  // of venues as the older plan calls them
  for (const VenueName& known : before.venue_names) names.emplace(known.code, known.name);
  // A venue that the exam has lost is called what the plan calls it, and by its code only where nobody says a name.
  const auto name_of = [&](const VenueCode& code) -> std::string {
    const VenueIndex venue = exam.find(code);
    if (venue.exists() && !exam[venue].name.empty()) return exam[venue].name;
    const auto known = names.find(code);
    return known == names.end() || known->second.empty() ? code.text() : known->second;
  };
  for (const PlacementRow& row : before.placements) {
    const ApplicantIndex applicant = exam.find(row.applicant_id);
    if (!applicant.exists()) continue;
    seats.add(applicant, {row.venue_code, name_of(row.venue_code), row.room_no, row.seat_no});
  }
  return seats;
}

ChangeListFiles render_change_list(const PlannedExam& planned, const ChangedPapers& changed,
                                   const std::vector<std::string>& papers, const PaperContext& context) {
  ChangeList list(planned, changed, context);
  for (const std::string& name : papers) {
    if (const PaperKind* kind = find_paper_kind(name)) list.add(*kind);
  }
  return {list.csv(), list.workbook()};
}

}  // namespace hanjari::documents
