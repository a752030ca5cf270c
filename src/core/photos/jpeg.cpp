#include "photos/jpeg.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "hanjari/base/error.h"
#include "hanjari/photos/portrait.h"
#include "photos/work.h"

namespace hanjari::photos {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Destroy>;

Handle made(tjhandle handle) {
  if (handle == nullptr) throw std::bad_alloc();
  return Handle(handle);
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

[[noreturn]] void refuse_kind() {
  throw PhotoRefused("photo_not_jpeg", {"This file is no JPEG photo. Choose a photo, or save the picture as JPEG.",
                                        "JPEG 사진 파일이 아닙니다. 다른 사진을 선택하거나 JPEG로 저장하여 등록해 주십시오."});
}

// What the decoder says of the file at its end.
enum class Told { nothing, something, cut_off };

// The decoder goes on after what it can mend; only a picture that ends too early lacks something people would see: the file
// ("Premature end of JPEG file"), or its data before the picture is as large as the head says ("premature end of data segment").
Told decode_into(std::string_view bytes, Pixels& pixels) {
  const Handle decoder = made(tjInitDecompress());
  if (tjDecompress2(decoder.get(), bytes_of(bytes), bytes.size(), pixels.bytes.data(), pixels.width, 0, pixels.height,
                    TJPF_BGRX, TJFLAG_LIMITSCANS) == 0)
    return Told::nothing;
  const bool cut_off = tjGetErrorCode(decoder.get()) != TJERR_WARNING ||
                       std::string_view(tjGetErrorStr2(decoder.get())).find("remature end") != std::string_view::npos;
  return cut_off ? Told::cut_off : Told::something;
}

// The decoder tells the first thing only that it mends, behind which data that end too early stay unsaid. They are seen by what
// comes out when there are more of them: a picture that has all of its own takes none.
bool takes_more_data(std::string_view bytes, const Pixels& shown) {
  Pixels again = shown;
  std::fill(again.bytes.begin(), again.bytes.end(), static_cast<unsigned char>(0));
  decode_into(with_longer_scans(bytes), again);
  return again.bytes != shown.bytes;
}

}  // namespace

JpegSize read_jpeg_size(std::string_view bytes) {
  if (!bytes.starts_with("\xFF\xD8\xFF")) refuse_kind();
  const Handle decoder = made(tjInitDecompress());
  int width = 0;
  int height = 0;
  int sampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(decoder.get(), bytes_of(bytes), bytes.size(), &width, &height, &sampling, &colours) != 0 ||
      width < 1 || height < 1)
    refuse_kind();
  if (colours == TJCS_CMYK || colours == TJCS_YCCK) {
    throw PhotoRefused("photo_colours",
                       {"This photo has the colours of a printing press (CMYK). Save it as an ordinary photo.",
                        "인쇄용 색상(CMYK) 사진입니다. 일반 사진(RGB)으로 저장해 주십시오."});
  }
  return {width, height};
}

Pixels decode_jpeg(std::string_view bytes, int longest) {
  const JpegSize size = read_jpeg_size(bytes);
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  tjscalingfactor chosen{1, 1};
  for (int at = 0; at < count; ++at) {
    const tjscalingfactor factor = factors[at];
    const bool smaller = factor.num * chosen.denom < chosen.num * factor.denom;
    if (smaller && TJSCALED(std::max(size.width, size.height), factor) >= longest) chosen = factor;
  }
  Pixels pixels;
  pixels.width = TJSCALED(size.width, chosen);
  pixels.height = TJSCALED(size.height, chosen);
  pixels.bytes.resize(static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height) * 4);
  const Told told = decode_into(bytes, pixels);
  if (told == Told::cut_off || (told == Told::something && takes_more_data(bytes, pixels))) {
    throw PhotoRefused(
        "photo_broken",
        {"The photo is damaged or did not arrive whole. Send it again or choose another one.",
         "사진 파일이 손상되었거나 끝까지 전송되지 않았습니다. 다시 올리거나 다른 사진을 선택해 주십시오."});
  }
  return pixels;
}

std::string encode_jpeg(const Pixels& pixels, int quality) {
  const Handle encoder = made(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const int failed = tjCompress2(encoder.get(), pixels.bytes.data(), pixels.width, 0, pixels.height, TJPF_BGRX, &bytes,
                                 &size, TJSAMP_444, quality, TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(bytes, &tjFree);
  if (failed != 0) throw std::runtime_error("no JPEG could be made: " + std::string(tjGetErrorStr2(encoder.get())));
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace hanjari::photos
