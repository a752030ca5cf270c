#include "hanjari/http/http.h"

#include <algorithm>
#include <charconv>

#include "hanjari/base/hex.h"
#include "hanjari/base/text.h"
#include "http/ascii.h"

namespace hanjari::web {
namespace {

constexpr std::size_t most_values = 50;

// Calls `take` with each trimmed piece between the separators until it says false.
template <class Take>
void for_each_piece(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const auto end = text.find(separator);
    if (const auto piece = trimmed(text.substr(0, end)); !piece.empty() && !take(piece)) return;
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Quality in thousandths of one range of an Accept field.
int quality_of(std::string_view range) {
  const auto at = range.find("q=");
  if (at == std::string_view::npos) return 1000;
  double quality = 0;
  const auto digits = range.substr(at + 2);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), quality);
  return error != std::errc{} || !(quality >= 0 && quality <= 1) ? 0 : static_cast<int>(quality * 1000);
}

// 0: does not match; otherwise the more exact the larger.
int exactness(std::string_view range, std::string_view type) {
  const auto name = trimmed(range.substr(0, range.find(';')));
  const auto offered = type.substr(0, type.find(';'));
  if (equal_without_case(name, offered)) return 3;
  if (name == "*/*") return 1;
  const auto slash = offered.find('/');
  return name.ends_with("/*") && equal_without_case(name.substr(0, name.size() - 1), offered.substr(0, slash + 1)) ? 2
                                                                                                                   : 0;
}

}  // namespace

Headers::Place* Headers::place_of(std::string_view name) {
  const auto found = std::find_if(places_.begin(), places_.end(),
                                  [&](const Place& place) { return slice(place.name_at, place.name_size) == name; });
  return found == places_.end() ? nullptr : &*found;
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Place& place : places_) {
    if (slice(place.name_at, place.name_size) == name) return slice(place.value_at, place.value_size);
  }
  return std::nullopt;
}

void Headers::set(std::string_view name, std::string_view value) {
  const auto end = static_cast<std::uint32_t>(bytes_.size());
  if (Place* place = place_of(name)) {
    bytes_ += value;
    place->value_at = end;
    place->value_size = static_cast<std::uint32_t>(value.size());
    return;
  }
  bytes_ += name;
  bytes_ += value;
  places_.push_back({end, static_cast<std::uint32_t>(name.size()), end + static_cast<std::uint32_t>(name.size()),
                     static_cast<std::uint32_t>(value.size())});
}

void Headers::join(std::string_view name, std::string_view value) {
  const auto earlier = find(name);
  if (!earlier) return set(name, value);
  std::string both(*earlier);
  both += name == "cookie" ? "; " : ", ";
  both += value;
  set(name, both);
}

void Headers::remove(std::string_view name) {
  places_.erase(std::remove_if(places_.begin(), places_.end(),
                               [&](const Place& place) { return slice(place.name_at, place.name_size) == name; }),
                places_.end());
}

Headers::Field Headers::operator[](std::size_t at) const {
  const Place& place = places_[at];
  return {slice(place.name_at, place.name_size), slice(place.value_at, place.value_size)};
}

std::string_view Request::header(std::string_view name) const {
  return headers.find(name).value_or(std::string_view{});
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  std::optional<std::string> value;
  for_each_piece(header("cookie"), ';', [&](std::string_view pair) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) return true;
    value = std::string(pair.substr(equals + 1));
    return false;
  });
  return value;
}

std::string_view Response::header(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (equal_without_case(field, name)) return value;
  }
  return {};
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Unknown";
  }
}

std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char byte = text[at];
    if (byte == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[at + 1]);
      const int low = hex_digit(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      byte = static_cast<char>(high * 16 + low);
      at += 2;
    } else if (byte == '+' && plus_is_space) {
      byte = ' ';
    }
    // Text fields hold one line; the control characters have no place in codes, names or dates.
    const auto value = static_cast<unsigned char>(byte);
    if ((value < 0x20 && value != '\t' && value != '\r' && value != '\n') || value == 0x7F) return std::nullopt;
    decoded += byte;
  }
  if (!is_valid_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::string> plain_value(std::string_view text) {
  const bool control = std::any_of(text.begin(), text.end(), [](unsigned char byte) {
    return (byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') || byte == 0x7F;
  });
  if (control || !is_valid_utf8(text)) return std::nullopt;
  return std::string(text);
}

std::string encode_percent(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return encoded;
}

std::optional<Pairs> parse_pairs(std::string_view text) {
  Pairs pairs;
  bool broken = false;
  for_each_piece(text, '&', [&](std::string_view pair) {
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decode_percent(pair.substr(0, equals), true);
    auto value = decode_percent(pair.substr(std::min(equals + 1, pair.size())), true);
    broken = !name || !value || pairs.size() == most_values;
    if (!broken) pairs.emplace_back(std::move(*name), std::move(*value));
    return !broken;
  });
  return broken ? std::nullopt : std::optional(std::move(pairs));
}

std::optional<Values> parse_values(std::string_view text) {
  auto pairs = parse_pairs(text);
  if (!pairs) return std::nullopt;
  Values values;
  for (auto& [name, value] : *pairs) values.emplace(std::move(name), std::move(value));
  return values;
}

std::optional<std::string> choose_media_type(std::string_view accept, const std::vector<std::string>& offered) {
  if (trimmed(accept).empty()) return offered.front();
  std::optional<std::string> chosen;
  int best = 0;
  for (const std::string& type : offered) {
    int closest = 0;
    int quality = 0;
    for_each_piece(accept, ',', [&](std::string_view range) {
      if (const int exact = exactness(range, type); exact > closest) {
        closest = exact;
        quality = quality_of(range);
      }
      return true;
    });
    if (quality > best) {
      best = quality;
      chosen = type;
    }
  }
  return chosen;
}

bool takes_gzip(std::string_view accept_encoding) {
  bool taken = false;
  int best = 0;
  for_each_piece(accept_encoding, ',', [&](std::string_view range) {
    const auto name = trimmed(range.substr(0, range.find(';')));
    const int exact = equal_without_case(name, "gzip") ? 2 : name == "*" ? 1 : 0;
    if (exact > best) {
      best = exact;
      taken = quality_of(range) > 0;
    }
    return true;
  });
  return taken;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  bool named = false;
  for_each_piece(if_none_match, ',', [&](std::string_view tag) {
    named = tag == "*" || (tag.starts_with("W/") ? tag.substr(2) : tag) == etag;
    return !named;
  });
  return named;
}

Response redirect(const std::string& path) {
  Response response;
  response.status = 303;
  response.type = "text/plain; charset=utf-8";
  response.set_header("Location", path);
  return response;
}

std::string field_of(const Values& values, const char* name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string{} : found->second;
}

}  // namespace hanjari::web
