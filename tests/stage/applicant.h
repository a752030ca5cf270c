// An applicant with a session on the portal, in the middle of the application window of the sample notice.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "photos/jpeg.h"
#include "stage/browser.h"

namespace hanjari::web::testing {

class Applicants : public ::testing::Test {
 protected:
  Applicants() {
    office.clock.set(hanjari::tests::at("2021-03-02T12:00:00+09:00"));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(),
                                                  services::RecruitmentState::published, 0, {});
    browser.set_cookie("hanjari_applicant", office.sign_in_applicant("p-sky"));
    other.set_cookie("hanjari_applicant", office.sign_in_applicant("p-river"));
  }

  static std::string step(const std::string& name) { return "/ko/apply/seoul-2021-1/" + name; }
  static std::string between(const std::string& text, const std::string& head, const std::string& tail) {
    const auto at = text.find(head);
    if (at == std::string::npos) return {};
    return text.substr(at + head.size(), text.find(tail, at + head.size()) - at - head.size());
  }
  static std::string hidden_in(const std::string& page, const std::string& name) {
    return between(page, "name=\"" + name + "\" value=\"", "\"");
  }
  static std::string unescaped(std::string text) {
    for (auto at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;", at)) text.replace(at, 5, "&");
    return text;
  }
  static std::map<std::string, std::string> person_fields() {
    return {{"name", "김하늘"},         {"identity", "950314-2000000"},
            {"phone", "010-1234-5678"}, {"email", "sky@example.com"},
            {"area", "11110-1"},        {"address", "서울특별시 종로구 자하문로 1"},
            {"consent", "yes"},           {"consent_identifier", "yes"},
            {"consent_version", "0"}};
  }
  static std::string picture(int width, int height) {
    photos::Pixels pixels{width, height, {}};
    pixels.bytes.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, 120);
    return photos::encode_jpeg(pixels, 80);
  }

  std::string version() { return hidden_in(std::string(browser.get(step("claims")).content()), "version"); }
  Response save(const std::string& name, std::map<std::string, std::string> fields) {
    fields.emplace("version", version());
    if (name == "support") return browser.post_files(step(name), step(name), fields, {});
    return browser.post(step(name), step(name), fields);
  }
  void send_photo() {
    const Response sent = browser.post_files(step("photo"), step("photo"), {{"version", version()}, {"cut", "yes"}},
                                             {{"photo", "photo.jpg", picture(411, 531)}});
    EXPECT_EQ(sent.header("Location"), step("claims"));
  }
  // The review page of a form without faults.
  std::string ready_to_submit() {
    save("unit", {{"unit", "101"}});
    save("person", person_fields());
    send_photo();
    return std::string(browser.get(step("review")).content());
  }
  Response submit(const std::string& review) {
    return browser.post(step("claims"), "/ko/apply/seoul-2021-1/submit",
                        {{"key", hidden_in(review, "key")}, {"version", hidden_in(review, "version")}});
  }
  // Applies; the address of the application's page.
  std::string apply() {
    const std::string done(submit(ready_to_submit()).header("Location"));
    return done.substr(0, done.find('?'));
  }

  const std::string notice_page = "/ko/notices/seoul-2021-1";
  Office office;
  Running running{office};
  Browser browser{running, Listener::portal};
  Browser other{running, Listener::portal};
};

}  // namespace hanjari::web::testing
