// Small exams with published plans, and changes drawn at random, for tests of replanning.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::replanning {

// Rows as a plan package would have them.
PlanRows rows_of(const Exam& exam, const Plan& plan);

// A number from the stream, `least` to `most`.
int draw(RandomStream& stream, int least, int most);

struct SmallShape {
  int venues = 3;
  int rooms = 4;  // of every venue
  int units = 3;
  int people = 40;
  int cap = 5;
  bool accommodations = false;
};

// Venues in a row a few kilometres apart, people spread around them.
Exam small_exam(RandomStream& stream, const SmallShape& shape);

// A lawful plan of the exam, not a clever one: class after class into the next free rooms. Everybody has a seat.
Plan naive_plan(const Exam& exam);

// Changes one to three things of the exam.
void change_at_random(Exam& exam, RandomStream& stream);

// Adds `count` rooms like the first one of the venue.
void add_rooms(Exam& exam, std::size_t venue, int count);
void remove_room(Exam& exam, std::size_t room);
void remove_person(Exam& exam, std::size_t person);
void add_person(Exam& exam, std::size_t like, const std::string& id);

}  // namespace hanjari::replanning
