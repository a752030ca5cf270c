// Who issues slips: the words, the seal, the way to the school.
#include <turbojpeg.h>

#include <cairo.h>

#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/drawing/stamp.h"
#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/slip.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::HasSubstr;

// A red ring on a transparent ground.
std::string ring(int side) {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
  cairo_t* cairo = cairo_create(surface);
  cairo_set_source_rgb(cairo, 0.8, 0.1, 0.1);
  cairo_set_line_width(cairo, side / 10.0);
  cairo_arc(cairo, side / 2.0, side / 2.0, side * 0.4, 0, 6.3);
  cairo_stroke(cairo);
  cairo_destroy(cairo);
  std::string bytes;
  cairo_surface_write_to_png_stream(
      surface,
      [](void* to, const unsigned char* data, unsigned length) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes);
  cairo_surface_destroy(surface);
  return bytes;
}

std::string jpeg(int width, int height, unsigned char shade = 120) {
  const std::vector<unsigned char> pixels(static_cast<std::size_t>(width * height * 3), shade);
  tjhandle writer = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  tjCompress2(writer, pixels.data(), width, 0, height, TJPF_RGB, &data, &size, TJSAMP_444, 90, 0);
  std::string bytes(reinterpret_cast<const char*>(data), size);
  tjFree(data);
  tjDestroy(writer);
  return bytes;
}

Templates::Files sealed_slip(const std::string& name, const std::string& picture) {
  return {{"slip.json", R"({"title": {"ko": "응시표"}, "authority": {"ko": "한자리시 인사위원회위원장"}, "seal": ")" + name +
                            R"("})"},
          {name, picture},
          {"holiday.png", "no picture, and no template names it"}};
}

std::string fault_of(const Templates::Files& files) {
  try {
    Templates::parse(files);
  } catch (const InvalidInput& error) {
    return error.faults().count() == 1 ? error.faults().kept()[0].format(Language::english) : "several";
  }
  return "none";
}

PaperContext seal_context(const Templates& templates) {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  context.templates = &templates;
  return context;
}

TEST(Seal, OfTheCustomerStandsOnEverySlipAndOnceInTheFile) {
  if (!has_program("pdfimages")) GTEST_SKIP() << "pdfimages is not installed";
  const Templates own = Templates::parse(sealed_slip("seal.png", ring(300)));
  const Paper one = render_slips_pdf(exam_of_size(1), VenueIndex(std::size_t{0}), seal_context(own));
  const Paper thirty = render_slips_pdf(exam_of_size(30), VenueIndex(std::size_t{0}), seal_context(own));
  EXPECT_THAT(text_of_pdf(one.bytes), HasSubstr("한자리시 인사위원회위원장"));
  const std::string images = output_about(thirty.bytes, "pdf", "pdfimages -list {}");
  EXPECT_EQ(count_of(images, " 300   300 "), 60U) << images << "picture and its transparency on every page";
  EXPECT_LT(thirty.bytes.size(), one.bytes.size() + 30 * 6000) << "the picture itself is there once";
}

TEST(Seal, MayBeAJpegAndIsMadeSmallerWhereItIsHuge) {
  const Stamp small(jpeg(200, 100));
  EXPECT_EQ(small.width(), 200);
  EXPECT_EQ(small.height(), 100);
  const Stamp huge(ring(1600));
  EXPECT_EQ(huge.width(), 700);
  EXPECT_EQ(huge.height(), 700);
  EXPECT_EQ(fault_of(sealed_slip("seal.jpeg", jpeg(64, 64))), "none");
}

// A white sheet as PNG without transparency.
std::string white_png(int side) {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
  cairo_t* cairo = cairo_create(surface);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  cairo_destroy(cairo);
  std::string bytes;
  cairo_surface_write_to_png_stream(
      surface,
      [](void* to, const unsigned char* data, unsigned length) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes);
  cairo_surface_destroy(surface);
  return bytes;
}

// Dark dots of the last letter of the authority's name, as a printer would draw them.
int dark_dots_of_last_letter(const Paper& slip) {
  constexpr double scale = 2;  // dots a point
  const std::string picture = output_about(slip.bytes, "pdf", "pdftoppm -r 144 -gray -singlefile {}");
  int width = 0;
  int height = 0;
  int head = 0;
  if (std::sscanf(picture.c_str(), "P5 %d %d 255%n", &width, &height, &head) != 2 || head == 0) return -1;
  const std::size_t first = static_cast<std::size_t>(head) + 1;
  int dark = 0;
  for (const WordBox& box : word_boxes(slip.bytes)) {
    if (box.word != "인사위원회위원장") continue;
    const double letter = (box.right - box.left) / 8;
    for (int y = static_cast<int>(box.top * scale); y < box.bottom * scale && y < height; ++y) {
      for (int x = static_cast<int>((box.right - letter) * scale); x < box.right * scale && x < width; ++x) {
        const auto at = first + static_cast<std::size_t>(y * width + x);
        if (at < picture.size() && static_cast<unsigned char>(picture[at]) < 100) ++dark;
      }
    }
  }
  return dark;
}

// Red while the ground of an opaque picture, which every JPEG has, hid the last letter of who issues the slip.
TEST(Seal, HidesNothingOfTheNameWhateverItsGround) {
  if (!has_program("pdftoppm") || !has_program("pdftotext")) GTEST_SKIP() << "pdftoppm or pdftotext is not installed";
  const auto dark_with = [](const Templates::Files& files) {
    const Templates own = Templates::parse(files);
    return dark_dots_of_last_letter(render_slips_pdf(exam_of_size(1), VenueIndex(std::size_t{0}), seal_context(own)));
  };
  const auto dark_under = [&](const std::string& name, const std::string& picture) { return dark_with(sealed_slip(name, picture)); };
  const int clear = dark_with({{"slip.json", R"({"title": {"ko": "응시표"}, "authority": {"ko": "한자리시 인사위원회위원장"}})"}});
  ASSERT_GT(clear, 50) << "the letter without a seal";
  EXPECT_GT(dark_under("seal.png", white_png(300)), clear / 2);
  EXPECT_GT(dark_under("seal.jpg", jpeg(300, 300, 255)), clear / 2);
  EXPECT_GT(dark_under("seal.jpg", jpeg(300, 300, 200)), clear / 2) << "a scanned sheet is grey";
}

TEST(Seal, ThatCannotBeReadIsOneFaultWithItsReason) {
  EXPECT_THAT(fault_of(sealed_slip("seal.png", ring(300).substr(0, 400))), HasSubstr("cut off or damaged"));
  EXPECT_THAT(fault_of(sealed_slip("seal.png", "")), HasSubstr("no PNG or JPEG"));
  EXPECT_THAT(fault_of(sealed_slip("seal.jpg", jpeg(64, 64).substr(0, 30))), HasSubstr("cut off or damaged"));
  EXPECT_THAT(fault_of(sealed_slip("seal.png", std::string(13'000'000, 'x'))), HasSubstr("12000000 are the most"));
  std::string wide = ring(64);
  for (std::size_t at : {std::size_t{16}, std::size_t{20}}) wide.replace(at, 4, std::string("\0\1\0\0", 4));
  EXPECT_THAT(fault_of(sealed_slip("seal.png", wide)), HasSubstr("65536 x 65536 pixels"));
  Templates::Files lost = sealed_slip("seal.png", "");
  lost.erase("seal.png");
  EXPECT_THAT(fault_of(lost), HasSubstr("there is no picture"));
}

// What people save a seal as; "there is no picture" was the answer to all of them.
TEST(Seal, OfAnotherTypeIsCalledWhatItIs) {
  using namespace std::string_literals;
  const std::pair<std::string, const char*> pictures[] = {
      {"GIF89a\1\0\1\0"s, "content is GIF"},
      {"BM\x46\0\0\0"s, "content is BMP"},
      {"II*\0\x08\0\0\0"s, "content is TIFF"},
      {"RIFF\x24\0\0\0WEBPVP8 "s, "content is WebP"},
      {"\0\0\0\x18" "ftypheic\0\0"s, "content is HEIC"},
      {"%PDF-1.7\n"s, "content is PDF"},
      {"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"s, "content is SVG"},
  };
  for (const auto& [bytes, said] : pictures) {
    for (const char* name : {"seal.png", "seal.jpg", "seal.gif", "seal.pdf"}) {
      EXPECT_THAT(fault_of(sealed_slip(name, bytes)), HasSubstr(said)) << name;
      EXPECT_THAT(fault_of(sealed_slip(name, bytes)), HasSubstr("a PNG or JPEG is wanted")) << name;
    }
  }
  EXPECT_EQ(fault_of(sealed_slip("seal.gif", ring(64))), "none") << "a PNG whatever its name says";
  EXPECT_THAT(fault_of(sealed_slip("seal.txt", "")), testing::Not(HasSubstr("none")));
  EXPECT_THAT(fault_of({{"day.json", "{}"}, {"plan.pdf", "%PDF-1.7"}}), "none") << "what no template names lies there";
}

TEST(Seal, NobodyWhoIsNotNamedIssuesASlip) {
  const Paper plain = render_slips_pdf(exam_of_size(1), VenueIndex(std::size_t{0}), seal_context(Templates::embedded()));
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  EXPECT_THAT(text_of_pdf(plain.bytes), testing::Not(HasSubstr("위원장")));
}

TEST(Slip, NamesTheWayToTheSchoolAndWhatToBring) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const Templates own = Templates::parse(
      {{"ways.json", R"({"V0001": {"ko": "지하철 2호선 시청역 3번 출구에서 걸어서 5분", "en": "City Hall station, exit 3"}})"}});
  const std::string slip = text_of_pdf(
      render_slip_pdf(exam_of_size(1), ApplicantIndex(std::size_t{0}), seal_context(own)).bytes);
  for (const char* word : {"오시는 길", "시청역 3번 출구", "준비물", "신분증", "2021년 6월 5일(토)"})
    EXPECT_THAT(slip, HasSubstr(word));
  const std::string other = text_of_pdf(
      render_slip_pdf(exam_of_size(1), ApplicantIndex(std::size_t{0}), seal_context(Templates::embedded())).bytes);
  EXPECT_THAT(other, testing::Not(HasSubstr("오시는 길")));
}

}  // namespace
}  // namespace hanjari::documents
