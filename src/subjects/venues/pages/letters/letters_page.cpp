#include "venues/pages/letters/letters_page.h"

#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/district_facts.h"
#include "http/sent_file.h"
#include "site/pages/form_view.h"
#include "venues/pages/letters/letter_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

std::string address_of_letters(const Call& call, const ExamCode& exam) {
  return fmt::format("/{}/exams/{}/venue-letters", code_of(call.language), encode_percent(exam.text()));
}

std::string address_of_exchange(const Call& call, const services::Exchange& exchange) {
  return fmt::format("{}?district={}&venue={}", address_of_letters(call, exchange.exam),
                     encode_percent(exchange.district.text()), encode_percent(exchange.venue.text()));
}

std::string name_of_exchange(const Call& call, const services::Exchange& exchange, const std::vector<services::VenueOffer>& offers) {
  for (const services::VenueOffer& offer : offers) {
    if (!exchange.venue.empty() && offer.code == exchange.venue) return offer.name;
  }
  return name_of_district(exchange.district.text()).in(call.language);
}

// Every exchange that the account may open, with what it has not read.
json describe_exchanges(const Call& call, const OffersCall& of, const services::VenueRequest& request,
                        const std::vector<services::VenueOffer>& offers) {
  const services::UnreadLetters unread = services::count_own_unread(letters_of(call), call.actor(), of.exam);
  const bool city = call.actor().role == services::Role::exam_officer;
  json rows = json::array();
  const auto add = [&](const DistrictCode& district, const VenueCode& venue) {
    const services::Exchange exchange{of.exam, district, venue};
    const auto found = unread.find({district, venue});
    const std::int64_t count = found == unread.end() ? 0 : found->second;
    json row{{"name", name_of_exchange(call, exchange, offers)},
             {"address", address_of_exchange(call, exchange)},
             {"unread", group_digits(count)},
             {"any_unread", count > 0}};
    // Schools of two districts may have one name.
    row["venue_code"] = venue.empty() ? json(false) : json{{"code", venue.text()}};
    rows.push_back(std::move(row));
  };
  for (const services::DistrictWish& wish : request.districts) {
    if (city || wish.district == call.actor().district) add(wish.district, VenueCode());
  }
  for (const services::VenueOffer& offer : offers) add(offer.district, offer.code);
  return rows;
}

json describe_letter_files(const Call& call, const services::Exchange& exchange, const services::Letter& letter) {
  constexpr std::int64_t kilobyte = 1000;
  json rows = json::array();
  for (const services::LetterFile& file : letter.files) {
    rows.push_back({{"name", file.name},
                    {"size", fmt::format("{} kB", group_digits((file.size + kilobyte - 1) / kilobyte))},
                    {"address", fmt::format("{}/files/{}?district={}&venue={}", address_of_letters(call, exchange.exam), file.id,
                                            encode_percent(exchange.district.text()), encode_percent(exchange.venue.text()))}});
  }
  return rows;
}

json describe_letters(const Call& call, const OffersCall& of, const services::Exchange& exchange) {
  json rows = json::array();
  for (const services::Letter& letter : services::read_letters(letters_of(call), call.actor(), exchange)) {
    rows.push_back({{"from", call.site.pages().text(call.language, letter.from_city ? "letters.from_city" : "letters.from_district")},
                    {"author", letter.author},
                    {"words", letter.words},
                    {"at", write_moment(letter.at, of.words.zone)},
                    {"files", describe_letter_files(call, exchange, letter)},
                    {"any_file", !letter.files.empty()}});
  }
  return rows;
}

std::string names_of_districts(const Call& call, const std::set<DistrictCode>& districts) {
  std::string names;
  for (const DistrictCode& district : districts)
    names += (names.empty() ? "" : ", ") + name_of_district(district.text()).in(call.language);
  return names;
}

json describe_readers(const Call& call, const services::VenueRequest& request, const std::set<DistrictCode>& readers) {
  std::set<DistrictCode> silent;
  for (const services::DistrictWish& wish : request.districts) {
    if (!readers.contains(wish.district)) silent.insert(wish.district);
  }
  json told{{"count", group_digits(static_cast<long long>(readers.size()))}, {"names", names_of_districts(call, readers)}};
  told["silent"] = silent.empty() ? json(false) : json{{"number", group_digits(static_cast<long long>(silent.size()))},
                                                       {"districts", names_of_districts(call, silent)}};
  return told;
}

json describe_instructions(const Call& call, const OffersCall& of, const services::VenueRequest& request) {
  const bool city = call.actor().role == services::Role::exam_officer;
  const auto receipts = letters_of(call).list_receipts(of.exam);
  json rows = json::array();
  for (const services::Instruction& instruction : services::read_instructions(letter_ground_of(call, of), letters_of(call), call.actor(), of.exam)) {
    std::set<DistrictCode> districts;
    bool confirmed = false;
    for (const services::InstructionReceipt& receipt : receipts) {
      if (receipt.number != instruction.number) continue;
      districts.insert(receipt.district);
      if (receipt.account == call.actor().account) confirmed = true;
    }
    json row{{"number", std::to_string(instruction.number)},
             {"title", instruction.title},
             {"words", instruction.words},
             {"at", write_moment(instruction.at, of.words.zone)},
             {"confirmed", confirmed},
             {"may_confirm", !city && !confirmed}};
    row["read_by"] = json(false);
    if (city) row["read_by"] = describe_readers(call, request, districts);
    rows.push_back(std::move(row));
  }
  return rows;
}

// Who finds a letter only when they look: the city is told, with the way to where addresses are entered.
json describe_unmailed(const Call& call, const OffersCall& of) {
  if (call.actor().role != services::Role::exam_officer) return false;
  std::set<DistrictCode> districts;
  for (DistrictCode& one : services::list_districts_without_mail(letter_ground_of(call, of), call.actor(), of.exam))
    districts.insert(std::move(one));
  if (districts.empty()) return false;
  return {{"number", group_digits(static_cast<long long>(districts.size()))}, {"districts", names_of_districts(call, districts)}};
}

// A district that has no part in the exam has nobody to write to, as everybody while nothing is asked and no plan is live.
std::optional<services::VenueRequest> request_to_write_about(const Call& call, const OffersCall& of) {
  auto request = services::find_letter_request(letter_ground_of(call, of), of.exam);
  const services::Actor& actor = call.actor();
  if (!request || actor.role == services::Role::exam_officer) return request;
  if (!actor.district || request->find(*actor.district) == nullptr) return std::nullopt;
  return request;
}

// Whoever prepares an exam has asked no district yet; this page says so, and where that is done.
Response show_no_letters(const Call& call, const OffersCall& of) {
  Page page{.name = "no_venue_letters", .title = call.site.pages().text(call.language, "letters.title")};
  page.data = {{"exam", {{"name", of.words.name.in(call.language)}}},
               {"back", address_of_offers(call, of.exam)},
               {"city", call.actor().role == services::Role::exam_officer}};
  return show(call, page);
}

Response show_letters_page(const Call& call, const Values& named, const Error* refused) {
  const Pages& pages = call.site.pages();
  const OffersCall of = asked_of(call);
  const auto asked = request_to_write_about(call, of);
  if (!asked && refused == nullptr) return show_no_letters(call, of);
  const services::VenueRequest request = asked ? *asked : services::load_request(of.offers, of.exam);
  const auto offers = services::list_letter_venues(letter_ground_of(call, of), call.actor(), of.exam);
  Page page{.name = "venue_letters", .title = pages.text(call.language, "letters.title")};
  page.data = {{"exam", {{"name", of.words.name.in(call.language)}}},
               {"back", address_of_offers(call, of.exam)},
               {"city", call.actor().role == services::Role::exam_officer},
               {"action", address_of_letters(call, of.exam)},
               {"instructions_action", fmt::format("/{}/exams/{}/venue-instructions", code_of(call.language), encode_percent(of.exam.text()))},
               {"form_token", call.form_token}};
  if (chooses_exchange(call, named)) {
    const services::Exchange exchange = exchange_of(call, of, named);
    page.data["exchange"] = {{"name", name_of_exchange(call, exchange, offers)},
                             {"district", exchange.district.text()},
                             {"venue", exchange.venue.text()},
                             {"letters", describe_letters(call, of, exchange)},
                             {"typed", field_of(call.form, "words")}};
    page.data["exchange"]["none"] = page.data["exchange"]["letters"].empty();
  }
  page.data["exchanges"] = describe_exchanges(call, of, request, offers);
  page.data["unmailed"] = describe_unmailed(call, of);
  page.data["instructions"] = describe_instructions(call, of, request);
  page.data["any_instruction"] = !page.data["instructions"].empty();
  // An instruction has a title; what was typed of a letter stands in its exchange.
  const bool of_instruction = call.form.contains("title");
  page.data["typed_title"] = of_instruction ? field_of(call.form, "title") : std::string();
  page.data["typed_instruction"] = of_instruction ? field_of(call.form, "words") : std::string();
  FormView form;
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = dynamic_cast<const Conflict*>(refused) != nullptr ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

nlohmann::ordered_json unread_json(const Call& call, const OffersCall& of) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& [where, count] : services::count_own_unread(letters_of(call), call.actor(), of.exam))
    rows.push_back({{"district", where.first.text()}, {"venue", where.second.text()}, {"unread", count}});
  return rows;
}

nlohmann::ordered_json letter_files_json(const services::Letter& letter) {
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const services::LetterFile& file : letter.files)
    files.push_back({{"id", file.id}, {"name", file.name}, {"media_type", file.media_type}, {"bytes", file.size}});
  return files;
}

}  // namespace

Response show_letters(const Call& call) {
  return show_letters_page(call, call.query, nullptr);
}

Response write_shown_letter(const Call& call) {
  const OffersCall of = asked_of(call);
  try {
    const services::Exchange exchange = exchange_of(call, of, call.form);
    services::write_letter(letter_ground_of(call, of), letters_of(call), call.actor(), exchange, field_of(call.form, "words"), of.words,
                           call.site.now(), files_of_letter(call));
    return redirect(address_of_exchange(call, exchange));
  } catch (const InvalidInput& refused) {
    return show_letters_page(call, call.form, &refused);
  } catch (const Conflict& refused) {
    // What cannot be sent any more can still be read out.
    return show_letters_page(call, call.form, &refused);
  }
}

Response download_letter_file(const Call& call) {
  const OffersCall of = asked_of(call);
  services::LetterFile file =
      services::take_letter_file(letters_of(call), call.site.access(), call.actor(), exchange_of(call, of, call.query),
                                 call.path.at("file"), call.site.now());
  Response response;
  response.body = std::move(file.bytes);
  send_as_file(response, file.media_type, file.name);
  return response;
}

Response publish_shown_instruction(const Call& call) {
  const OffersCall of = asked_of(call);
  try {
    services::publish_instruction(letter_ground_of(call, of), letters_of(call), call.actor(), of.exam, field_of(call.form, "title"),
                                  field_of(call.form, "words"), of.words, call.site.now());
  } catch (const InvalidInput& refused) {
    return show_letters_page(call, {}, &refused);
  }
  return redirect(address_of_letters(call, of.exam));
}

Response confirm_shown_instruction(const Call& call) {
  confirm_instruction(call, offer_version_in(field_of(call.form, "number")));
  return redirect(address_of_letters(call, asked_of(call).exam));
}

Response list_letters_by_api(const Call& call) {
  const OffersCall of = asked_of(call);
  nlohmann::ordered_json answer{{"letters", nlohmann::ordered_json::array()}};
  if (chooses_exchange(call, call.query)) {
    for (const services::Letter& letter : services::read_letters(letters_of(call), call.actor(), exchange_of(call, of, call.query))) {
      answer["letters"].push_back({{"number", letter.number},
                                   {"from_city", letter.from_city},
                                   {"author", letter.author},
                                   {"words", letter.words},
                                   {"at", format_instant(letter.at)},
                                   {"files", letter_files_json(letter)}});
    }
  }
  answer["unread"] = unread_json(call, of);
  if (call.actor().role == services::Role::exam_officer) {
    answer["without_mail"] = nlohmann::ordered_json::array();
    if (services::find_letter_request(letter_ground_of(call, of), of.exam)) {
      for (const DistrictCode& one : services::list_districts_without_mail(letter_ground_of(call, of), call.actor(), of.exam))
        answer["without_mail"].push_back(one.text());
    }
  }
  return answer_json(answer);
}

Response write_letter_by_api(const Call& call) {
  const OffersCall of = asked_of(call);
  const json body = read_json(call);
  const Values named{{"district", text_in(body, "district")}, {"venue", text_in(body, "venue")}};
  services::write_letter(letter_ground_of(call, of), letters_of(call), call.actor(), exchange_of(call, of, named), text_in(body, "words"),
                         of.words, call.site.now(), files_in_body(body));
  return answer_json({{"unread", unread_json(call, of)}});
}

Response list_instructions_by_api(const Call& call) {
  const OffersCall of = asked_of(call);
  const bool city = call.actor().role == services::Role::exam_officer;
  nlohmann::ordered_json answer{{"instructions", nlohmann::ordered_json::array()}, {"receipts", nlohmann::ordered_json::array()}};
  for (const services::Instruction& instruction : services::read_instructions(letter_ground_of(call, of), letters_of(call), call.actor(), of.exam)) {
    answer["instructions"].push_back({{"number", instruction.number},
                                      {"title", instruction.title},
                                      {"words", instruction.words},
                                      {"published_at", format_instant(instruction.at)}});
  }
  for (const services::InstructionReceipt& receipt : letters_of(call).list_receipts(of.exam)) {
    if (!city && receipt.account != call.actor().account) continue;
    answer["receipts"].push_back({{"number", receipt.number},
                                  {"account", receipt.account},
                                  {"district", receipt.district.text()},
                                  {"read_at", format_instant(receipt.at)}});
  }
  return answer_json(answer);
}

Response publish_instruction_by_api(const Call& call) {
  const OffersCall of = asked_of(call);
  const json body = read_json(call);
  services::publish_instruction(letter_ground_of(call, of), letters_of(call), call.actor(), of.exam, text_in(body, "title"),
                                text_in(body, "words"), of.words, call.site.now());
  return list_instructions_by_api(call);
}

Response confirm_instruction_by_api(const Call& call) {
  confirm_instruction(call, count_in(read_json(call), "number").value_or(0));
  return list_instructions_by_api(call);
}

}  // namespace hanjari::web
