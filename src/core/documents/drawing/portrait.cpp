#include "documents/drawing/portrait.h"

#include <turbojpeg.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/documents/portraits.h"

namespace hanjari::documents {
namespace {

constexpr std::string_view end_of_jpeg("\xFF\xD9", 2);
constexpr int widest_portrait = 1'000;  // pixels a side
constexpr int least_halved = 100;       // smaller ones stay as they are
constexpr int small_quality = 85;

using TurboJpeg = std::unique_ptr<void, int (*)(void*)>;

struct PortraitSize {
  int width = 0;
  int height = 0;
};

// From the head alone; nothing when it is no JPEG.
std::optional<PortraitSize> size_of_portrait(void* reader, const std::string& jpeg) {
  PortraitSize size;
  int sampling = 0;
  int colours = 0;
  const auto* data = reinterpret_cast<const unsigned char*>(jpeg.data());
  if (tjDecompressHeader3(reader, data, jpeg.size(), &size.width, &size.height, &sampling, &colours) != 0) return std::nullopt;
  return size;
}

}  // namespace

bool is_portrait(const std::string& jpeg) {
  if (!jpeg.ends_with(end_of_jpeg)) return false;
  const TurboJpeg reader(tjInitDecompress(), tjDestroy);
  const auto size = size_of_portrait(reader.get(), jpeg);
  return size && size->width > 0 && size->height > 0 && size->width <= widest_portrait && size->height <= widest_portrait;
}

std::string portrait_of(const PaperContext& context, const Applicant& person) {
  if (!context.portraits) return {};
  std::string jpeg = context.portraits(person);
  return is_portrait(jpeg) ? jpeg : std::string();
}

std::string small_portrait(const std::string& jpeg) {
  if (jpeg.empty()) return {};
  const TurboJpeg reader(tjInitDecompress(), tjDestroy);
  const auto size = size_of_portrait(reader.get(), jpeg);
  if (!size) return {};
  if (size->width < least_halved) return jpeg;
  const int width = (size->width + 1) / 2;  // as the decoder rounds a half
  const int height = (size->height + 1) / 2;
  std::vector<unsigned char> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  const auto* data = reinterpret_cast<const unsigned char*>(jpeg.data());
  if (tjDecompress2(reader.get(), data, jpeg.size(), pixels.data(), width, 0, height, TJPF_RGB, TJFLAG_ACCURATEDCT) != 0) return {};
  const TurboJpeg writer(tjInitCompress(), tjDestroy);
  unsigned char* bytes = nullptr;
  unsigned long length = 0;
  const int failed = tjCompress2(writer.get(), pixels.data(), width, 0, height, TJPF_RGB, &bytes, &length, TJSAMP_444,
                                 small_quality, TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> held(bytes, tjFree);
  if (failed != 0) return {};
  return {reinterpret_cast<const char*>(bytes), length};
}

PortraitSource PortraitShelf::source() {
  if (!open_) return nullptr;
  return [this](const Applicant& person) { return find(person); };
}

const std::string& PortraitShelf::find(const Applicant& person) {
  const auto [place, is_new] = kept_.try_emplace(person.id);
  if (!is_new) return place->second;
  if (person.photo.empty()) return place->second;
  try {
    place->second = open_(person);
  } catch (...) {
    kept_.erase(place);  // who asks again asks the source again
    throw;
  }
  if (!is_portrait(place->second)) {
    place->second.clear();
    lost_.insert(person.id);
  }
  return place->second;
}

}  // namespace hanjari::documents
