// The office's table of applications in memory: filters and orders done the plain way, over the same applications as the
// other repositories of a test.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "hanjari/base/digest.h"
#include "hanjari/intake/application_table.h"
#include "stage/memory/memory_payments.h"

namespace hanjari::tests {

class MemoryApplicationTable : public services::ApplicationTableRepository {
 public:
  MemoryApplicationTable(MemoryApplications& applications, MemoryPayments& payments)
      : applications_(applications), payments_(payments) {}

  std::string key_of_name(const ExamCode&, const std::string& name) override { return key_of(name); }
  services::TablePage list_rows(const services::TableWish& wish) override {
    std::vector<services::TableRow> all;
    for (const auto& [id, application] : applications_.applications) {
      if (application.exam == wish.exam && fits(application, wish.filter)) all.push_back(row_of(application, wish.order));
    }
    const auto key = [](const services::TableRow& row) { return sort_key(row.place); };
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
      return wish.falling ? key(b) < key(a) : key(a) < key(b);
    });
    services::TablePage page;
    for (services::TableRow& row : all) {
      if (wish.after) {
        const auto place = sort_key(*wish.after);
        if (wish.falling ? !(key(row) < place) : !(place < key(row))) continue;
      }
      if (static_cast<int>(page.rows.size()) == wish.most) {
        page.next = page.rows.back().place;
        break;
      }
      page.rows.push_back(std::move(row));
    }
    return page;
  }
  services::TableCount count_rows(const ExamCode& exam, const services::TableFilter& filter) override {
    services::TableCount count;
    for (const auto& [id, application] : applications_.applications) {
      if (application.exam == exam && fits(application, filter)) ++count.people;
    }
    return count;
  }
  std::int64_t count_unkeyed(const ExamCode&, std::int64_t most) override { return std::min(unkeyed, most); }
  std::vector<services::ToldMessage> list_messages(const ApplicationId&) override { return told; }
  services::RefundPage list_refunds(const ExamCode& exam, services::PaymentState state, const std::string& after,
                                    int most) override {
    services::RefundPage page;
    for (const auto& [id, payment] : payments_.payments) {
      if (payment.exam != exam || payment.state != state || id <= after) continue;
      if (state == services::PaymentState::paid && !services::is_taken_back(payment)) continue;
      page.payments.push_back(payment);
      if (static_cast<int>(page.payments.size()) < most) continue;
      page.last = id;
      break;
    }
    return page;
  }
  void ask_back(const Application& application, const std::string& item, const std::vector<services::Message>& messages,
                const services::Change& change) override {
    Application& stored = same_version(application);
    asked_back.push_back(application.id);
    note(stored, change, "accommodation_questioned", item);
    sent.insert(sent.end(), messages.begin(), messages.end());
  }
  void correct(const services::Correction& correction, const services::Change& change) override {
    Application& stored = same_version(correction.before);
    stored.form = correction.form;
    applications_.receipts[stored.id] = correction.receipt;
    note(stored, change, "corrected", "");
    sent.insert(sent.end(), correction.messages.begin(), correction.messages.end());
  }
  services::KeyedPortion fill_keys(const ExamCode& exam, const std::map<std::string, DistrictCode>&,
                                   const ApplicationId& after, int most) override {
    services::KeyedPortion portion;
    for (const auto& [id, application] : applications_.applications) {
      if (application.exam != exam || id <= after) continue;
      portion.read.push_back(application);
      if (static_cast<int>(portion.read.size()) < most) continue;
      portion.last = id;
      break;
    }
    unkeyed = 0;
    return portion;
  }
  std::int64_t mark_twins(const ExamCode&) override { return 0; }
  void save_traits(const ExamCode& exam, const services::TraitCounts& counts) override { traits[exam] = counts; }
  services::TraitCounts load_traits(const ExamCode& exam) override { return traits[exam]; }
  services::HourCounts count_by_hour(const ExamCode& exam) override {
    services::HourCounts hours;
    for (const auto& [id, application] : applications_.applications) {
      if (application.exam != exam) continue;
      ++hours[std::chrono::floor<std::chrono::hours>(application.submitted_at.time_since_epoch()).count()];
    }
    return hours;
  }
  std::map<UnitCode, std::int64_t> count_by_unit(const ExamCode& exam, std::optional<Instant> before) override {
    std::map<UnitCode, std::int64_t> counts;
    for (const auto& [id, application] : applications_.applications) {
      if (application.exam == exam && (!before || application.submitted_at < *before)) ++counts[application.form.unit];
    }
    return counts;
  }
  std::map<DistrictCode, std::int64_t> count_by_district(const ExamCode& exam, const std::vector<DistrictCode>& districts,
                                                         std::optional<Instant> before) override {
    std::map<DistrictCode, std::int64_t> counts;
    for (const DistrictCode& district : districts) counts[district] = 0;
    for (const auto& [id, application] : applications_.applications) {
      if (application.exam == exam && (!before || application.submitted_at < *before))
        ++counts[district_of(application.form)];
    }
    return counts;
  }

  std::int64_t unkeyed = 0;
  std::vector<services::ToldMessage> told;
  std::vector<services::Message> sent;
  std::vector<ApplicationId> asked_back;
  std::map<ExamCode, services::TraitCounts> traits;

 private:
  static std::string key_of(const std::string& name) { return sha256(name).hex().substr(0, 32); }
  using Key = std::pair<std::string, std::string>;
  // An area of the sample notice begins with its district.
  static DistrictCode district_of(const ApplicationForm& form) { return DistrictCode(form.area.substr(0, form.area.find('-'))); }
  services::AccommodationStage stage(const Application& application) const {
    const auto known = services::stage_of(application.form, application.decisions);
    const bool asked = std::find(asked_back.begin(), asked_back.end(), application.id) != asked_back.end();
    return asked && known == services::AccommodationStage::waiting ? services::AccommodationStage::asked_back : known;
  }
  bool fits(const Application& application, const services::TableFilter& filter) const {
    if (filter.state && application.state != *filter.state) return false;
    if (!filter.unit.empty() && application.form.unit != filter.unit) return false;
    if (filter.district && district_of(application.form) != *filter.district) return false;
    if (filter.accommodation && stage(application) != *filter.accommodation) return false;
    if (filter.photo && application.form.photo.empty() == *filter.photo) return false;
    if (!filter.name_key.empty() && key_of(application.form.name) != filter.name_key) return false;
    return !filter.suspected;
  }
  services::TableRow row_of(const Application& application, services::TableOrder order) const {
    services::TableRow row;
    row.application = application;
    row.accommodation = stage(application);
    row.photo = !application.form.photo.empty();
    row.place.id = application.id;
    const auto microseconds = [](Instant at) {
      return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count());
    };
    if (order == services::TableOrder::submitted) row.place.value = microseconds(application.submitted_at);
    if (order == services::TableOrder::paid && application.paid_at) row.place.value = microseconds(*application.paid_at);
    if (order == services::TableOrder::unit) row.place.value = application.form.unit.text();
    if (order == services::TableOrder::state) row.place.value = std::string(spell(application.state));
    return row;
  }
  // Numbers of one length compare as text.
  static Key sort_key(const services::TablePlace& place) { return {place.value.value_or(""), place.id.text()}; }
  Application& same_version(const Application& application) {
    Application& stored = applications_.applications.at(application.id);
    if (stored.version != application.version) throw Conflict("application_changed", {"changed", "변경됨"});
    return stored;
  }
  void note(Application& stored, const services::Change& change, const char* kind, const std::string& detail) {
    applications_.events[stored.id].push_back({++stored.version, change.at, change.author, kind, detail});
  }

  MemoryApplications& applications_;
  MemoryPayments& payments_;
};

}  // namespace hanjari::tests
