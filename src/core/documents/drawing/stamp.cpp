#include "documents/drawing/stamp.h"

#include <turbojpeg.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::documents {
namespace {

constexpr int longest_side = 700;  // pixels: 20 mm in three times the dots that a printer in an office draws
constexpr std::string_view png_begin("\x89PNG\r\n\x1a\n", 8);
constexpr std::size_t png_sizes = 24;  // bytes up to where width and height end

// What people put in place of a PNG or JPEG, by how its file begins; empty: nothing that is known.
std::string_view name_other_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::pair<std::string_view, std::string_view> beginnings[] = {
      {"GIF8"sv, "GIF"sv},       {"BM"sv, "BMP"sv},           {"II*\0"sv, "TIFF"sv},
      {"MM\0*"sv, "TIFF"sv},     {"%PDF"sv, "PDF"sv},         {"8BPS"sv, "PSD"sv},
      {"%!PS"sv, "PostScript"sv}, {"\0\0\1\0"sv, "ICO"sv}, {"\xD0\xCF\x11\xE0"sv, "HWP/Office"sv},
      {"PK\3\4"sv, "ZIP/Office"sv}};
  for (const auto& [beginning, name] : beginnings) {
    if (bytes.starts_with(beginning)) return name;
  }
  if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return "WebP"sv;
  if (bytes.size() >= 12 && bytes.substr(4).starts_with("ftyp"sv))
    return bytes.substr(8, 4).starts_with("avif"sv) ? "AVIF"sv : "HEIC"sv;
  if (bytes.substr(0, 1024).find("<svg"sv) != std::string_view::npos) return "SVG"sv;
  return {};
}

void require_known_type(std::string_view bytes) {
  const std::string_view other = name_other_type(bytes);
  if (other.empty()) return;
  throw InvalidInput("picture_wrong_type",
                     {fmt::format("the content is {}, whatever the name says; a PNG or JPEG is wanted", other),
                      fmt::format("파일 이름과 관계없이 내용이 {} 형식입니다. PNG나 JPEG가 필요합니다", other)});
}

[[noreturn]] void throw_broken() {
  throw InvalidInput("picture_broken", {"this is no PNG or JPEG that can be read; it may be cut off or damaged",
                                        "읽을 수 있는 PNG나 JPEG가 아닙니다. 파일이 잘렸거나 손상되었을 수 있습니다"});
}

void judge_size(long long width, long long height) {
  if (width < 1 || height < 1) throw_broken();
  if (width <= Stamp::most_pixels && height <= Stamp::most_pixels && width * height <= Stamp::most_pixels) return;
  throw InvalidInput("picture_too_large",
                     {fmt::format("the picture has {} x {} pixels; {} in all are the most", width, height,
                                  Stamp::most_pixels),
                      fmt::format("그림이 {} × {}픽셀입니다. 모두 {}픽셀까지 받습니다", width, height,
                                  Stamp::most_pixels)});
}

cairo_surface_t* read_png(std::string_view bytes) {
  if (bytes.size() < png_sizes) throw_broken();
  const auto number = [&](std::size_t at) {
    long long value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + static_cast<unsigned char>(bytes[i]);
    return value;
  };
  judge_size(number(16), number(20));
  const auto take = [](void* left, unsigned char* data, unsigned length) {
    auto& rest = *static_cast<std::string_view*>(left);
    if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(data, rest.data(), length);
    rest.remove_prefix(length);
    return CAIRO_STATUS_SUCCESS;
  };
  cairo_surface_t* surface = cairo_image_surface_create_from_png_stream(take, &bytes);
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) return surface;
  cairo_surface_destroy(surface);
  throw_broken();
}

cairo_surface_t* read_jpeg(std::string_view bytes) {
  const std::unique_ptr<void, int (*)(void*)> reader(tjInitDecompress(), tjDestroy);
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0;
  int height = 0;
  int sampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(reader.get(), data, bytes.size(), &width, &height, &sampling, &colours) != 0) throw_broken();
  judge_size(width, height);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  const int done = tjDecompress2(reader.get(), data, bytes.size(), cairo_image_surface_get_data(surface), width,
                                 cairo_image_surface_get_stride(surface), height, TJPF_BGRX, TJFLAG_ACCURATEDCT);
  cairo_surface_mark_dirty(surface);
  if (done == 0) return surface;
  cairo_surface_destroy(surface);
  throw_broken();
}

// Takes over `large`.
cairo_surface_t* made_smaller(cairo_surface_t* large) {
  const int width = cairo_image_surface_get_width(large);
  const int height = cairo_image_surface_get_height(large);
  const double scale = static_cast<double>(longest_side) / std::max(width, height);
  if (scale >= 1) return large;
  const auto side = [&](int pixels) { return std::max(1, static_cast<int>(pixels * scale + 0.5)); };
  cairo_surface_t* small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side(width), side(height));
  cairo_t* cairo = cairo_create(small);
  cairo_scale(cairo, static_cast<double>(side(width)) / width, static_cast<double>(side(height)) / height);
  cairo_set_source_surface(cairo, large, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
  cairo_paint(cairo);
  cairo_destroy(cairo);
  cairo_surface_destroy(large);
  return small;
}

}  // namespace

Stamp::Stamp(const std::string& bytes) {
  if (bytes.size() > most_bytes) {
    throw InvalidInput("picture_too_large",
                       {fmt::format("the file has {} bytes; {} are the most", bytes.size(), most_bytes),
                        fmt::format("파일이 {}바이트입니다. {}바이트까지 받습니다", bytes.size(), most_bytes)});
  }
  require_known_type(bytes);
  surface_ = made_smaller(bytes.starts_with(png_begin) ? read_png(bytes) : read_jpeg(bytes));
}

Stamp::~Stamp() {
  cairo_surface_destroy(surface_);
}

}  // namespace hanjari::documents
