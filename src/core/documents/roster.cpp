#include "hanjari/documents/roster.h"

#include <fmt/format.h>

#include "documents/drawing/page_frame.h"
#include "documents/paper_fields.h"
#include "documents/paper_registry.h"
#include "documents/tables/table_maker.h"
#include "documents/tables/table_render.h"
#include "documents/tables/venue_people.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unreadable.h"

namespace hanjari::documents {
namespace {

// What an edition says of a person against the one before.
enum class SeatChange { none, new_in_room, other_seat };

SeatChange change_of(const Exam& exam, const PaperContext& context, const Placement& now) {
  if (context.earlier == nullptr) return SeatChange::none;
  const EarlierSeat* before = context.earlier->find(now.applicant);
  if (before == nullptr || before->venue_code != exam[now.venue].code || before->room_no != exam[now.room].room_no)
    return SeatChange::new_in_room;
  return before->seat_no == now.seat_no ? SeatChange::none : SeatChange::other_seat;
}

std::string name_change(SeatChange change, Language language) {
  switch (change) {
    case SeatChange::new_in_room:
      return Text{"new", "신규"}.in(language);
    case SeatChange::other_seat:
      return Text{"other seat", "자리 변경"}.in(language);
    case SeatChange::none:
      break;
  }
  return {};
}

}  // namespace

TableData roster_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  const Exam& exam = planned.exam;
  const Language language = context.language;
  const DayTemplate& day = templates_of(context).day;
  const PaperFields& fields = *find_paper_fields("roster");
  TableData data{{fields.columns.begin(), fields.columns.end()}, {fields.heading.begin(), fields.heading.end()}, {}};
  for (const RoomPeople& room_people : rooms_of_paper(planned, venue, context)) {
    const Room& room = exam[room_people.room];
    const auto& people = room_people.people;
    TableSection& section = data.sections.emplace_back();
    section.mark = room_name(room, language);
    section.heading = {exam[venue].name,
                       exam[venue].code.text(),
                       exam[venue].address,
                       section.mark,
                       room_place(room, language),
                       unit_names(exam, people, language),
                       people_count(people.size(), language),
                       booklet_counts(people),
                       exam_times(day, exam, people, language),
                       seating_times(day, exam, people),
                       exam_day(exam, language),
                       std::string()};
    std::int64_t serial = 0;
    for (const Placement* placement : people) {
      const Applicant& applicant = exam[placement->applicant];
      const Unit& unit = exam[applicant.unit];
      const SeatChange change = change_of(exam, context, *placement);
      section.rows.push_back({++serial,
                              static_cast<std::int64_t>(placement->seat_no),
                              placement->number.text(),
                              applicant.name,
                              is_unreadable(applicant) ? Cell(NoValue{}) : Cell(applicant.birth_on),
                              name_of(applicant.sex).in(language),
                              series_name(unit, language),
                              elective_names(exam, applicant, context),
                              PhotoFrame{placement->applicant},
                              name_of(applicant.accommodation).in(language),
                              NoValue{},
                              TickBox{},
                              exam[venue].name,
                              exam[venue].code.text(),
                              static_cast<std::int64_t>(room.room_no),
                              unit.code.text(),
                              unit_name(unit, language),
                              booklet_name(placement->booklet),
                              fmt::format("{}-{}", placement->desk.row, placement->desk.column),
                              time_cell(end_time(day, unit, applicant.accommodation)),
                              used_cell(*placement),
                              name_change(change, language),
                              NoValue{}});
      section.marked.push_back(change == SeatChange::new_in_room);
    }
  }
  return data;
}

Paper render_roster_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  return render_table_pdf(table_template(context, "roster"), roster_table(planned, venue, context), planned, context);
}

Paper render_roster_xlsx(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  return render_table_xlsx(table_template(context, "roster"), roster_table(planned, venue, context), planned, context);
}

Paper render_roster_csv(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  return render_table_csv(table_template(context, "roster"), roster_table(planned, venue, context), context);
}

}  // namespace hanjari::documents
