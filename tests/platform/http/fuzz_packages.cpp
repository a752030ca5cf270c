#include "http/fuzz_packages.h"

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "accounts/key_answers.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/templates.h"
#include "hanjari/fairness/rates.h"
#include "hanjari/materials/ledger.h"
#include "hanjari/materials/packing.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/history_package.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/pass_rules.h"
#include "hanjari/package/setup_parts.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/proof/draw.h"
#include "hanjari/proof/publication.h"
#include "hanjari/proof/record.h"
#include "hanjari/results/interview_entries.h"
#include "hanjari/results/rule_trial.h"
#include "hanjari/venues/venue_offers.h"
#include "http/fuzz_files.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

void demand_of_packages(bool holds) {
  if (!holds) std::abort();
}

template <class Work>
void refuse_in_words(Work work) {
  try {
    work();
  } catch (const Error& refused) {
    demand_of_packages(!refused.code().empty() && !refused.message().en.empty() && !refused.message().ko.empty());
  }
}

std::string file_in(const package::PackedFiles& files, const char* name) {
  const auto found = files.find(name);
  return found == files.end() ? std::string() : found->second;
}

}  // namespace

void fuzz_staff(std::string_view bytes) {
  const package::PackedFiles files = split_files(bytes);
  for (const package::Encoding encoding : {package::Encoding::utf8, package::Encoding::cp949}) {
    refuse_in_words([&] { package::load_staff(Exam{}, files, encoding); });
    refuse_in_words([&] {
      std::vector<Fault> warnings;
      package::load_staff_contacts(files, encoding, warnings);
    });
    refuse_in_words([&] {
      std::vector<Fault> warnings;
      package::load_staff_history(files, encoding, warnings);
    });
    if (!files.contains("duties.csv")) continue;
    for (const package::Repetition repetition : {package::Repetition::allowed, package::Repetition::fault})
      refuse_in_words([&] { package::load_duties(files, encoding, repetition); });
  }
  refuse_in_words([&] { package::render_duty_history(package::load_duty_history(files)); });
  refuse_in_words([&] { package::render_staffing_rules(package::load_staffing_rules(std::string(bytes))); });
  refuse_in_words([&] { package::write_moves(package::read_moves(std::string(bytes))); });
  refuse_in_words([&] { package::unpack_staff(bytes, {1'000'000, 100}); });
}

void fuzz_setup(std::string_view bytes) {
  std::vector<Fault> warnings;
  refuse_in_words([&] {
    const std::string once = package::render_policy(package::parse_policy(bytes, "policy.json", warnings));
    demand_of_packages(package::render_policy(package::parse_policy(once, "again", warnings)) == once);
  });
  refuse_in_words([&] {
    const std::string once = package::render_subjects(package::parse_subjects(bytes, "exam_subjects.json", warnings));
    demand_of_packages(package::render_subjects(package::parse_subjects(once, "again", warnings)) == once);
  });
  refuse_in_words([&] { package::read_subject_table(bytes, {"kim"}, warnings); });
  Recruitment notice;
  notice.header.time_zone = "Asia/Seoul";
  for (const package::NoticeTable table : {package::NoticeTable::units, package::NoticeTable::calendars, package::NoticeTable::entries,
                                           package::NoticeTable::areas, package::NoticeTable::accommodations})
    refuse_in_words([&] { package::read_notice_table(notice, table, bytes, warnings); });
  package::read_local_moment(bytes, "Asia/Seoul");
  refuse_in_words([&] { package::read_rules_table(bytes, warnings); });
  refuse_in_words([&] {
    const std::string once = package::render_pass_rules(package::parse_pass_rules(bytes, "rules.json"));
    demand_of_packages(package::render_pass_rules(package::parse_pass_rules(once, "again")) == once);
  });
  refuse_in_words([&] { services::read_rule_settings(bytes); });
  if (!bytes.starts_with('{')) return;
  // Ways to schools, and two papers as they are changed in the office.
  for (const char* name : {"ways.json", "slip.json", "day.json"})
    refuse_in_words([&] { documents::Templates::parse({{name, std::string(bytes)}}); });
}

void fuzz_rooms(std::string_view bytes) {
  for (const package::Encoding encoding : {package::Encoding::utf8, package::Encoding::cp949}) {
    refuse_in_words([&] { services::read_room_list(bytes, encoding); });
    refuse_in_words([&] { services::write_interview_table(services::read_interview_table(bytes, encoding)); });
  }
  if (bytes.starts_with("PK")) return;
  tests::MadeParts parts = tests::parts_of({{"rooms", ""}}, {"<t>a</t>"});
  for (auto& [name, text] : parts)
    if (name == "xl/worksheets/sheet1.xml") text = bytes;
  const std::string file = tests::zip_of(parts);
  package::BadCells bad;
  refuse_in_words([&] { services::read_room_list(file, package::Encoding::utf8, &bad); });
  refuse_in_words([&] { services::mark_room_list(file, bad, Language::korean); });
  refuse_in_words([&] { services::read_interview_table(file, package::Encoding::utf8); });
}

void fuzz_materials(std::string_view bytes) {
  if (const auto station = services::parse_station(bytes)) {
    const auto again = services::parse_station(services::spell(*station));
    demand_of_packages(again && services::spell(*again) == services::spell(*station));
  }
  if (const auto item = services::parse_item(bytes)) {
    const auto again = services::parse_item(services::spell(*item));
    demand_of_packages(again && services::spell(*again) == services::spell(*item));
  }
  refuse_in_words([&] {
    const ExamCode exam("seoul-2021-1");
    const services::ReadParcel read = services::read_parcel_code(exam, bytes);
    demand_of_packages(read.number >= 1 && !read.venue.empty());
  });
}

void fuzz_published(std::string_view bytes) {
  const std::string key(32, 'k');
  const package::PackedFiles files = split_files(bytes);
  proof::Judged given;
  given.files = {file_in(files, "publication.json"), file_in(files, "list.csv"), file_in(files, "leaves.txt"), file_in(files, "checkpoint"),
                 file_in(files, "rates.csv")};
  given.proofs = {{"proof.json", file_in(files, "proof.json")}, {"whole", std::string(bytes)}};
  given.previous = given.files;
  for (const proof::Finding& finding : proof::verify_publication(given, key)) demand_of_packages(!finding.code.empty());
  const proof::DrawFiles draw{file_in(files, "draw.json"), file_in(files, "rooms.csv"), file_in(files, "list.csv"), file_in(files, "seats.csv"),
                              file_in(files, "draws.csv")};
  proof::verify_draw(draw, file_in(files, "commitment"), key);
  proof::read_commitment(bytes);
  fairness::read_rates(file_in(files, "rates.csv"));
  if (const auto record = proof::parse_record(bytes)) demand_of_packages(proof::render_record(*record) == bytes);
  if (const auto certificate = proof::parse_certificate(bytes)) demand_of_packages(proof::render_certificate(*certificate) == bytes);
  if (const auto note = proof::find_note(bytes)) {
    const auto judged = proof::judge_certificate(*note, key);
    demand_of_packages(!judged || !judged->is_genuine);
  }
}

void fuzz_security_key(std::string_view bytes) {
  const std::size_t half = bytes.size() / 2;
  const std::string_view said = bytes.substr(0, half);
  const std::string_view signed_bytes = bytes.substr(half);
  if (const auto data = services::read_authenticator_data(bytes))
    demand_of_packages(data->site_hash.size() == 32 && data->uses >= 0 && data->made_id.size() <= bytes.size());
  demand_of_packages(!services::answers_call(bytes, services::KeyCall::use, "a challenge that is nobody's", "https://seats.example.kr"));
  services::host_of_origin(bytes);
  services::is_public_key(bytes);
  demand_of_packages(!services::is_signed_by_key(said, signed_bytes, said, signed_bytes));
}

}  // namespace hanjari::web::testing
