// The fonts of the papers and the glyphs of texts.
//
// Hangul, Hanja, digits and punctuation need no shaping: their glyphs come from a table of the font filled once per
// character, which is what makes tables fast. Latin letters (kerning), combining marks and old Hangul go through Pango.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <cairo.h>

namespace hanjari::documents {

enum class Weight : std::uint8_t { regular, bold };

// Distances in em (1 = the font size), from the beginning of the text on its baseline, y downwards.
struct ShapedGlyph {
  unsigned face = 0;  // of FontBook
  unsigned long glyph = 0;
  double x = 0;
  double y = 0;
};

// Glyphs that stand together for some bytes of the text; a line may break between clusters.
struct ShapedCluster {
  unsigned face = 0;
  int bytes = 0;
  int glyphs = 0;
  double advance = 0;
};

struct ShapedText {
  std::string text;  // valid UTF-8: what the clusters stand for, in order
  std::vector<ShapedGlyph> glyphs;
  std::vector<ShapedCluster> clusters;
  double width = 0;
  std::vector<char32_t> missing;  // characters drawn as the replacement mark
};

using SharedText = std::shared_ptr<const ShapedText>;

// Fonts, glyph tables and shaped texts of the program.
class FontBook {
 public:
  // The one book, to be used only while a PdfDocument lives, which holds its lock. Throws Unavailable (font_missing)
  // when none of the fonts is installed.
  static FontBook& shared();

  FontBook();
  ~FontBook();
  FontBook(const FontBook&) = delete;
  FontBook& operator=(const FontBook&) = delete;

  SharedText shape(std::string_view text, Weight weight);
  // Width in points of a text at a size in points.
  double width(std::string_view text, Weight weight, double size) { return shape(text, weight)->width * size; }
  cairo_scaled_font_t* scaled_font(unsigned face, double size);

 private:
  struct Face;
  struct Glyph {
    unsigned face = no_face;
    unsigned long glyph = 0;
    float advance = 0;
  };
  static constexpr unsigned no_face = 0xFFFFFFFF;
  static constexpr unsigned not_looked_up = 0xFFFFFFFE;

  struct Pango;

  void open_faces(Weight weight);
  Glyph look_up(char32_t character, Weight weight);
  unsigned face_of_pango(cairo_scaled_font_t* scaled);
  void append_simple(ShapedText& shaped, std::string_view bytes, Glyph glyph);
  void append_missing(ShapedText& shaped, std::string_view bytes, char32_t character, Weight weight);
  void append_by_pango(ShapedText& shaped, std::string_view segment, Weight weight);
  // Characters that none of the families has, by whichever font of the system has them; false when none has them all.
  bool append_by_system_fonts(ShapedText& shaped, std::string_view segment, Weight weight);
  bool goes_on_foreign(std::string_view text, Weight weight);
  void append_foreign(ShapedText& shaped, std::string_view segment, Weight weight);
  ShapedText shape_anew(std::string_view text, Weight weight);

  std::vector<std::unique_ptr<Face>> faces_;
  std::vector<unsigned> order_[2];  // faces by weight, the preferred one first
  std::vector<Glyph> basic_[2];     // by character of the basic plane
  std::map<char32_t, Glyph> others_[2];
  std::unordered_map<std::string, SharedText> shaped_[2];
  std::map<std::pair<unsigned, double>, cairo_scaled_font_t*> scaled_;
  std::unique_ptr<Pango> pango_;
};

}  // namespace hanjari::documents
