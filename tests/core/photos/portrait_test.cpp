#include "hanjari/photos/portrait.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/random.h"
#include "photos/jpeg.h"
#include "photos/work.h"

namespace hanjari::photos {
namespace {

struct Colour {
  unsigned char red, green, blue;
};
constexpr Colour red{220, 30, 30}, green{30, 200, 30}, blue{30, 30, 220}, yellow{230, 220, 30};

// Four quarters: red and green above, blue and yellow below.
std::string quarters(int width, int height, int quality = 90) {
  Pixels pixels{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool right = x >= width / 2;
      const bool below = y >= height / 2;
      const Colour colour = below ? (right ? yellow : blue) : (right ? green : red);
      for (const unsigned char byte : {colour.blue, colour.green, colour.red, static_cast<unsigned char>(0)})
        pixels.bytes.push_back(byte);
    }
  }
  return encode_jpeg(pixels, quality);
}

char colour_at(const std::string& jpeg, double across, double down) {
  const Pixels pixels = decode_jpeg(jpeg, 1'000'000);
  const auto x = static_cast<std::size_t>(across * (pixels.width - 1));
  const auto y = static_cast<std::size_t>(down * (pixels.height - 1));
  const unsigned char* pixel = &pixels.bytes[(y * static_cast<std::size_t>(pixels.width) + x) * 4];
  char nearest = '?';
  int least = 1 << 20;
  for (const auto& [name, colour] : {std::pair{'r', red}, {'g', green}, {'b', blue}, {'y', yellow}}) {
    const auto square = [](int a, int b) { return (a - b) * (a - b); };
    const int far = square(pixel[2], colour.red) + square(pixel[1], colour.green) + square(pixel[0], colour.blue);
    if (far < least) nearest = name, least = far;
  }
  return nearest;
}

std::string corners(const std::string& jpeg) {
  return {colour_at(jpeg, 0.1, 0.1), colour_at(jpeg, 0.9, 0.1), colour_at(jpeg, 0.1, 0.9), colour_at(jpeg, 0.9, 0.9)};
}

// An EXIF block with the orientation and a sentence in the description of the picture.
std::string with_exif(const std::string& jpeg, int orientation, const std::string& sentence) {
  const auto big = [](std::size_t value, int bytes) {
    std::string text;
    for (int at = bytes - 1; at >= 0; --at) text += static_cast<char>((value >> (8 * at)) & 0xFF);
    return text;
  };
  std::string tiff = "MM" + big(42, 2) + big(8, 4) + big(2, 2);
  tiff += big(0x010E, 2) + big(2, 2) + big(sentence.size() + 1, 4) + big(8 + 2 + 24 + 4, 4);
  tiff += big(0x0112, 2) + big(3, 2) + big(1, 4) + big(static_cast<std::size_t>(orientation), 2) + big(0, 2);
  tiff += big(0, 4) + sentence + '\0';
  const std::string payload = std::string("Exif\0\0", 6) + tiff;
  return jpeg.substr(0, 2) + "\xFF\xE1" + big(payload.size() + 2, 2) + payload + jpeg.substr(2);
}

std::string code_of(std::string_view upload) {
  try {
    read_picture(upload);
  } catch (const InvalidInput& refused) {
    return refused.code();
  }
  return "taken";
}

// The file says that it is so large; the bytes stay what they were.
std::string announced(std::string jpeg, int width, int height) {
  const auto frame = jpeg.find("\xFF\xC0");
  EXPECT_NE(frame, std::string::npos);
  for (const auto& [at, value] : {std::pair{5, height}, {7, width}}) {
    jpeg[frame + static_cast<std::size_t>(at)] = static_cast<char>(value >> 8);
    jpeg[frame + static_cast<std::size_t>(at) + 1] = static_cast<char>(value & 0xFF);
  }
  return jpeg;
}

TEST(Portrait, HasTheSizeOfTheNoticeWhateverCame) {
  for (const auto& [width, height] : {std::pair{137, 177}, {400, 300}, {300, 1'000}, {3'000, 4'000}, {1'001, 1'000}}) {
    const Picture picture = read_picture(quarters(width, height));
    EXPECT_LE(std::max(picture.width, picture.height), longest_side);
    const std::string portrait = cut_portrait(picture.jpeg, middle_crop(picture.width, picture.height));
    const JpegSize size = read_jpeg_size(portrait);
    EXPECT_EQ(size.width, portrait_width);
    EXPECT_EQ(size.height, portrait_height);
    EXPECT_LT(portrait.size(), most_portrait_bytes);
  }
}

TEST(Portrait, ShowsThePartThatWasChosen) {
  const Picture picture = read_picture(quarters(1'000, 1'000));
  const auto portrait = [&](Crop crop) { return corners(cut_portrait(picture.jpeg, crop)); };
  EXPECT_EQ(portrait(middle_crop(1'000, 1'000)), "rgby");
  EXPECT_EQ(portrait({0, 0, 300}), "rrrr");
  EXPECT_EQ(portrait({600, 0, 300}), "gggg");
  EXPECT_EQ(portrait({0, 600, 300}), "bbbb");
  EXPECT_EQ(portrait({600, 600, 300}), "yyyy");
}

TEST(Photo, FitsIntoItsPlaceHoweverBusyItIs) {
  RandomStream dice(*parse_seed("3"), "noise");
  Pixels noise{1'000, 1'000, {}};
  for (int at = 0; at < 1'000 * 1'000 * 4; ++at) noise.bytes.push_back(static_cast<unsigned char>(dice.next()));
  const Picture picture = read_picture(encode_jpeg(noise, 60));
  EXPECT_LT(picture.jpeg.size(), most_portrait_bytes);
}

TEST(Photo, IsTurnedUprightAsTheCameraSays) {
  const std::string sideways = quarters(400, 300);
  const std::array<const char*, 9> seen{"rgby", "rgby", "gryb", "ybgr", "byrg", "rbgy", "bryg", "ygbr", "gyrb"};
  for (int orientation = 0; orientation <= 8; ++orientation) {
    const Picture picture = read_picture(with_exif(sideways, orientation, "x"));
    const std::string wanted = seen[static_cast<std::size_t>(orientation)];
    EXPECT_EQ(corners(picture.jpeg), wanted) << orientation;
    EXPECT_EQ(picture.width > picture.height, orientation < 5) << orientation;
  }
}

TEST(Photo, TellsNothingThatWasHiddenInTheFile) {
  const std::string secret = "37.5665N 126.9780E";
  const std::string upload = with_exif(quarters(600, 800), 1, secret) + "a trailer with " + secret;
  ASSERT_NE(upload.find(secret), std::string::npos);
  const Picture picture = read_picture(upload);
  for (const std::string& made : {picture.jpeg, cut_portrait(picture.jpeg, middle_crop(600, 800))}) {
    EXPECT_EQ(made.find("Exif"), std::string::npos);
    EXPECT_EQ(made.find("37.5"), std::string::npos);
  }
}

TEST(Photo, IsRefusedWithTheReason) {
  EXPECT_EQ(code_of(""), "photo_missing");
  EXPECT_EQ(code_of("GIF89a"), "photo_not_jpeg");
  EXPECT_EQ(code_of("\xFF\xD8\xFF"), "photo_not_jpeg");
  EXPECT_EQ(code_of(quarters(136, 177)), "photo_too_small");
  EXPECT_EQ(code_of(quarters(137, 176)), "photo_too_small");
  EXPECT_EQ(code_of(quarters(150, 9'000)), "photo_too_small");
  // Red while strips were kept at whatever length they came, beyond `longest_side`.
  EXPECT_EQ(code_of(quarters(1'200, 30'000)), "photo_too_small");
  EXPECT_EQ(code_of(quarters(150, 1'200)), "photo_too_small");
  EXPECT_EQ(code_of(quarters(180, 1'000)), "taken");
  const std::string whole = quarters(800, 600, 98);
  EXPECT_EQ(code_of(whole.substr(0, whole.size() / 2)), "photo_broken");
  EXPECT_EQ(code_of(whole), "taken");
  EXPECT_EQ(code_of(whole + std::string(most_upload_bytes, ' ')), "photo_too_large");
}

// Red while a picture whose data end long before it does was taken, grey for the most part.
TEST(Photo, IsRefusedWhenItsHeadSaysMoreThanItsDataShow) {
  const std::string whole = quarters(600, 800);
  EXPECT_EQ(code_of(whole), "taken");
  for (const auto& [width, height] : {std::pair{8'000, 8'000}, {600, 1'600}, {1'200, 800}, {600, 816}})
    EXPECT_EQ(code_of(announced(whole, width, height)), "photo_broken") << width << "x" << height;
}

TEST(Photo, IsRefusedByItsHeadWhenAFewBytesSayTheyAreAHugePicture) {
  const std::string bomb = announced(quarters(160, 200), 65'000, 65'000);
  EXPECT_LT(bomb.size(), 20'000U);
  EXPECT_EQ(code_of(bomb), "photo_too_many_pixels");
}

TEST(Photo, DoesNoWorseThanBeRefusedWithAnyDamage) {
  const std::string whole = with_exif(quarters(180, 240), 6, "description");
  RandomStream dice(*parse_seed("5"), "photos");
  int taken = 0;
  for (int round = 0; round < 1'500; ++round) {
    std::string damaged = whole;
    for (std::uint64_t hits = 1 + dice.below(6); hits > 0; --hits) {
      damaged[dice.below(damaged.size())] = static_cast<char>(dice.below(256));
    }
    if (dice.below(4) == 0) damaged.resize(dice.below(damaged.size()));
    try {
      const Picture picture = read_picture(damaged);
      EXPECT_EQ(read_jpeg_size(cut_portrait(picture.jpeg, {})).width, portrait_width);
      ++taken;
    } catch (const InvalidInput& refused) {
      EXPECT_TRUE(refused.code().starts_with("photo_")) << refused.code();
    }
  }
  EXPECT_GT(taken, 0);
}

TEST(Crop, StaysInsideThePictureWhateverIsPressed) {
  RandomStream dice(*parse_seed("7"), "crops");
  for (int round = 0; round < 300; ++round) {
    const int width = portrait_width + static_cast<int>(dice.below(1'100));
    const int height = portrait_height + static_cast<int>(dice.below(1'100));
    Crop crop = middle_crop(width, height);
    for (int press = 0; press < 40; ++press) {
      crop = adjusted_crop(crop, static_cast<Adjustment>(dice.below(6)), width, height);
      ASSERT_GE(crop.left, 0);
      ASSERT_GE(crop.top, 0);
      ASSERT_GE(crop.width, portrait_width);
      ASSERT_LE(crop.left + crop.width, width);
      ASSERT_LE(crop.top + crop.height(), height);
    }
  }
}

TEST(Crop, MovesTheWayTheArrowPoints) {
  const Crop start{300, 300, 300};
  EXPECT_LT(adjusted_crop(start, Adjustment::left, 1'000, 1'000).left, 300);
  EXPECT_GT(adjusted_crop(start, Adjustment::right, 1'000, 1'000).left, 300);
  EXPECT_LT(adjusted_crop(start, Adjustment::up, 1'000, 1'000).top, 300);
  EXPECT_GT(adjusted_crop(start, Adjustment::down, 1'000, 1'000).top, 300);
  EXPECT_LT(adjusted_crop(start, Adjustment::closer, 1'000, 1'000).width, 300);
  EXPECT_GT(adjusted_crop(start, Adjustment::farther, 1'000, 1'000).width, 300);
}

// A progressive file, as programs of pictures save them.
std::string progressive(int width, int height) {
  const Pixels pixels{width, height,
                      std::vector<unsigned char>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, 120)};
  tjhandle encoder = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompress2(encoder, pixels.bytes.data(), width, 0, height, TJPF_BGRX, &bytes, &size, TJSAMP_420, 85,
                        TJFLAG_PROGRESSIVE),
            0);
  std::string jpeg(reinterpret_cast<const char*>(bytes), size);
  tjFree(bytes);
  tjDestroy(encoder);
  return jpeg;
}

// The same bytes under a head that says another size.
std::string with_size(std::string jpeg, const char* frame, int width, int height) {
  const auto at = jpeg.find(frame);
  EXPECT_NE(at, std::string::npos);
  for (const auto& [place, value] : {std::pair{at + 5, height}, {at + 7, width}}) {
    jpeg[place] = static_cast<char>(value / 256);
    jpeg[place + 1] = static_cast<char>(value % 256);
  }
  return jpeg;
}

// Red while a first thing that the decoder mends, of which alone it tells, hid that the data end long before the picture does.
TEST(Photo, IsRefusedWhereSomethingElseIsMendedBeforeItsDataEndTooEarly) {
  const std::string whole = progressive(600, 800);
  EXPECT_EQ(code_of(whole), "taken");
  const std::string lying = with_size(whole, "\xFF\xC2", 1'200, 1'600);
  EXPECT_EQ(code_of(lying), "photo_broken");
  // A code that is in no table, where the first data begin.
  const auto scan = lying.find("\xFF\xDA");
  ASSERT_NE(scan, std::string::npos);
  const auto data = scan + 2 + static_cast<unsigned char>(lying[scan + 2]) * 256U + static_cast<unsigned char>(lying[scan + 3]);
  EXPECT_EQ(code_of(lying.substr(0, data) + std::string("\xFF\0\xFF\0\xFF\0", 6) + lying.substr(data)), "photo_broken");
  // What is mended in a picture that has all its data is nobody's concern.
  for (const std::string& honest : {whole, quarters(600, 800)}) {
    std::string longer = honest;
    longer.insert(longer.rfind("\xFF\xD9"), "\x55\x55");
    EXPECT_EQ(code_of(longer), "taken");
  }
}

// Red while only pixels were judged: such a file of some kilobytes took hundreds of megabytes and seconds.
TEST(Portrait, RefusesProgressiveFilesThatCostMoreThanTheyShow) {
  const std::string honest = progressive(600, 800);
  const JpegWork work = read_jpeg_work(honest);
  EXPECT_TRUE(work.buffered);
  EXPECT_GT(work.scans, 5);
  EXPECT_FALSE(read_jpeg_work(quarters(600, 800)).buffered);
  EXPECT_EQ(read_jpeg_work(quarters(600, 800)).scans, 1);
  EXPECT_NO_THROW(read_picture(honest));
  const auto code_of = [](const std::string& upload) -> std::string {
    try {
      read_picture(upload);
    } catch (const PhotoRefused& refused) {
      return refused.code();
    }
    return "taken";
  };
  EXPECT_EQ(code_of(with_size(honest, "\xFF\xC2", 8'000, 8'000)), "photo_progressive");
  // The last scan a thousand times.
  const auto scan = honest.rfind("\xFF\xDA");
  const auto end = honest.rfind("\xFF\xD9");
  ASSERT_LT(scan, end);
  std::string endless = honest.substr(0, end);
  for (int time = 0; time < 1'000; ++time) endless += honest.substr(scan, end - scan);
  EXPECT_EQ(code_of(endless + honest.substr(end)), "photo_progressive");
}

// Red while several scans were counted and not awaited: a file whose only scan has one of three colours has the decoder
// keep everything for the others, which never come.
TEST(Portrait, RefusesFilesWhoseColoursAreAwaitedForMoreThanTheyShow) {
  std::string one = quarters(600, 800);
  const auto scan = one.find("\xFF\xDA");
  ASSERT_NE(scan, std::string::npos);
  ASSERT_EQ(one[scan + 4], 3);
  one.erase(scan + 7, 4);  // the second and the third colour
  one[scan + 3] = 8;
  one[scan + 4] = 1;
  EXPECT_EQ(read_jpeg_work(one).scans, 1);
  EXPECT_TRUE(read_jpeg_work(one).buffered);
  try {
    read_picture(with_size(one, "\xFF\xC0", 8'000, 8'000));
    ADD_FAILURE() << "taken";
  } catch (const PhotoRefused& refused) {
    EXPECT_EQ(refused.code(), "photo_progressive");
  }
}

TEST(Portrait, ReadsTheWorkOfEveryDamagedFileToItsEnd) {
  const std::string whole = progressive(64, 64);
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_LE(read_jpeg_work(std::string_view(whole).substr(0, size)).scans, 20);
  EXPECT_EQ(read_jpeg_work(std::string(100'000, '\xFF')).scans, 0);
}

}  // namespace
}  // namespace hanjari::photos
