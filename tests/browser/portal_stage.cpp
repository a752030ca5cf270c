// The portal over repositories in memory, with a clock that a story sets: what takes months passes in seconds.
//
// Prints one line `ready PORTAL_PORT COOKIE COOKIE`, two signed-in applicants; then reads commands, a line each, and
// answers `ok` or `no WHY`:
//
//   clock 2021-03-05T17:59:50+09:00   the server's time
//   seat APPLICATION                  gives the application a seat in the live plan
//   move                              moves that seat to another venue
//   reroute                           decides the waiting health report: isolation, with a new place
//   refuse ITEM, grant ITEM           decides an accommodation of the only application that asked for it
//   crowd, calm                       so many submit that the next one gets a place in the queue; and no more
//   counts                            applications of others appear in the counts
#include <csignal>
#include <iostream>
#include <sstream>

#include "hanjari/server/server.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

class Stage {
 public:
  Stage() {
    office.clock.set(hanjari::tests::at("2021-03-02T12:00:00+09:00"));
    publish();
    Venue& near = office.plans.live.front().exam.venues.front();
    near.at = {37.5895, 126.9710};
    office.plans.live.front().exam.venues[1].at = {37.5636, 127.0208};
  }

  std::string run(const std::string& line) {
    std::istringstream words(line);
    std::string command;
    std::string argument;
    words >> command >> argument;
    if (command == "clock") {
      office.clock.set(hanjari::tests::at(argument.c_str()));
    } else if (command == "seat") {
      seated_exam().applicants.front().id = ApplicantId(argument);
    } else if (command == "move") {
      move();
    } else if (command == "reroute") {
      reroute();
    } else if (command == "refuse" || command == "grant") {
      decide(argument, command == "grant");
    } else if (command == "crowd") {
      crowd();
    } else if (command == "calm") {
      crowd_.clear();
    } else if (command == "counts") {
      office.applying.recruitments.counts[UnitCode("101")].paid = 147;
      office.applying.recruitments.counts[UnitCode("201")].paid = 64;
    } else {
      return "no such command";
    }
    return {};
  }

  Office office;
  Running running{office};

 private:
  Exam& seated_exam() { return office.plans.live.front().exam; }

  void publish() {
    Recruitment notice = hanjari::tests::sample_notice();
    notice.help = {
        "You apply here, pay the fee, and later find your venue and seat here.\n\nHave your identity card and a photo "
        "of your face at hand. It takes about ten minutes.",
        "이 화면에서 원서를 내고 수수료를 결제하며, 나중에 시험장과 좌석도 여기에서 확인합니다.\n\n신분증과 얼굴 "
        "사진을 "
        "준비하십시오. 10분쯤 걸립니다."};
    notice.calendars[0].title = {"Written exam of June", "6월 필기시험"};
    notice.calendars[1].title = {"Written exam of October", "10월 필기시험"};
    notice.calendars[0].entries = {
        {{"Venues announced", "시험장소 공고"}, hanjari::tests::at("2021-05-21T10:00:00+09:00"), std::nullopt},
        {{"Final results", "최종 합격자 발표"}, hanjari::tests::at("2021-09-29T10:00:00+09:00"), std::nullopt}};
    for (NoticeUnit& unit : notice.units) {
      unit.appointing_body = {"Seoul Metropolitan Government", "서울특별시"};
      unit.subjects = {{"Korean", "국어"}, {"English", "영어"}, {"Korean history", "한국사"}};
      unit.electives = {{"law", {"Administrative law", "행정법총론"}},
                        {"gov", {"Public administration", "행정학개론"}},
                        {"math", {"Mathematics", "수학"}}};
      unit.electives_to_choose = 2;
    }
    notice.units[1].eligibility.residence = ResidenceRule::on_day_or_three_years;
    notice.units[1].eligibility.residence_area = {"Seoul", "서울특별시"};
    notice.units[1].eligibility.residence_on = *parse_date("2021-01-01");
    notice.areas.push_back({"11110-2", {"Hyoja-dong", "효자동"}, DistrictCode("11110"), {37.5815, 126.9695}});
    notice.areas.push_back({"11110-3", {"Buam-dong", "부암동"}, DistrictCode("11110"), {37.5990, 126.9640}});
    office.applying.recruitments.save_recruitment(notice, services::RecruitmentState::published, 0, {});
    Recruitment rolling = hanjari::tests::sample_notice("seoul-2021-pro");
    rolling.header.name_ko = "2021년 4월 임기제 전문가 수시 채용";
    rolling.header.name_en = "Rolling recruitment of professionals, April 2021";
    rolling.kind = RecruitmentKind::rolling;
    for (Calendar& calendar : rolling.calendars) {
      calendar.applications = {hanjari::tests::at("2021-04-01T09:00:00+09:00"),
                               hanjari::tests::at("2021-04-05T18:00:00+09:00")};
      calendar.cancel_until = hanjari::tests::at("2021-04-08T18:00:00+09:00");
    }
    office.applying.recruitments.save_recruitment(rolling, services::RecruitmentState::published, 0, {});
  }

  void move() {
    Placement& placement = office.plans.live.front().plan.placements.front();
    placement.venue = VenueIndex(std::size_t{1});
    placement.room = RoomIndex(std::size_t{2});
    placement.seat_no = 7;
    placement.desk = {2, 2};
    placement.travel_m = 5300;
  }

  void reroute() {
    for (auto& [id, report] : office.applying.self_reports.reports) {
      report.decision = services::ReportDecision::isolation;
      report.reason = "별도시험장에서 응시하십시오. 가족의 도움으로 이동하시고 대중교통은 피해 주십시오.";
      report.old_place = "V1/2/3";
      report.new_place = "V2/1/7";
    }
    move();
  }

  void decide(const std::string& item, bool granted) {
    for (auto& [id, application] : office.applying.applications.applications) {
      for (const AccommodationRequest& request : application.form.accommodations) {
        if (request.item == item)
          application.decisions.push_back({item, granted ? ItemDecision::granted : ItemDecision::refused,
                                           granted ? "진단서로 확인되었습니다." : "서류의 날짜가 지났습니다.",
                                           office.clock.now(), "officer"});
      }
    }
  }

  void crowd() {
    for (int other = 0; other < 100'000; ++other) {
      try {
        crowd_.push_back(office.applying.queue.admit("key-of-another-" + std::to_string(other), office.clock.now()));
      } catch (const services::InQueue&) {
        return;
      }
    }
  }

  std::vector<services::SubmissionQueue::Admission> crowd_;
};

int serve() {
  Stage stage;
  ServerSettings settings;
  settings.portal_port = settings.office_port = settings.operations_port = 0;
  Server server(stage.running.edge, settings);
  stage.office.accounts.applicants["p-sky"] = {"p-sky", services::Channel::email, "sky@example.com", {}, Language::korean};
  std::cout << "ready " << server.port(Listener::portal) << ' ' << stage.office.sign_in_applicant("p-sky") << ' '
            << stage.office.sign_in_applicant("p-river") << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
    try {
      const std::string refused = stage.run(line);
      std::cout << (refused.empty() ? "ok" : "no " + refused) << std::endl;
    } catch (const std::exception& failure) {
      std::cout << "no " << failure.what() << std::endl;
    }
  }
  server.stop(std::chrono::seconds(2));
  return 0;
}

}  // namespace
}  // namespace hanjari::web::testing

int main() {
  return hanjari::web::testing::serve();
}
