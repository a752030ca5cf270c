#include "hanjari/domain/contact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/domain/application_text.h"

namespace hanjari {
namespace {

using ::testing::HasSubstr;

std::string written(std::string_view typed) {
  ContactFault fault;
  const auto phone = read_phone(typed, fault);
  return phone ? phone->written() : fault.code;
}

ContactFault fault_of(std::string_view typed) {
  ContactFault fault;
  EXPECT_FALSE(read_phone(typed, fault)) << typed;
  EXPECT_FALSE(fault.what.en.empty() || fault.what.ko.empty()) << typed;
  return fault;
}

TEST(Phone, IsReadInEverySpelling) {
  for (const char* typed : {"010-1234-5678",
                            "01012345678",
                            "010.1234.5678",
                            "010 1234 5678",
                            "０１０－１２３４－５６７８",
                            "010–1234–5678",
                            "010‐1234‐5678",
                            "(010) 1234-5678",
                            "010)1234-5678",
                            "010/1234/5678",
                            "+82 10-1234-5678",
                            "+82-10-1234-5678",
                            "+82 (0)10-1234-5678",
                            "+821012345678",
                            "0082 10 1234 5678",
                            " 010-1234-5678\u200b",
                            "tel:010-1234-5678",
                            "TEL. 010-1234-5678",
                            "H.P: 010-1234-5678",
                            "☎ 010-1234-5678",
                            "휴대전화 010-1234-5678",
                            "82-10-1234-5678",
                            "82 010 1234 5678",
                            "010ㅡ1234ㅡ5678",
                            "010\u00a01234\u00a05678",
                            "٠١٠-١٢٣٤-٥٦٧٨"})
    EXPECT_EQ(written(typed), "010-1234-5678") << typed;
  EXPECT_EQ(written("(02) 123-4567"), "02-123-4567");
  EXPECT_EQ(written("02)1234-5678"), "02-1234-5678");
  EXPECT_EQ(written("0311234567"), "031-123-4567");
  EXPECT_EQ(written("011-123-4567"), "011-123-4567");
  EXPECT_EQ(written("016 1234 5678"), "016-1234-5678");
  EXPECT_EQ(written("070-1234-5678"), "070-1234-5678");
  EXPECT_EQ(written("05051234567"), "0505-123-4567");
  EXPECT_EQ(written("0507 1234 5678"), "0507-1234-5678");
  EXPECT_EQ(written("+81 3-1234-5678"), "+81312345678");
}

TEST(Phone, SaysThatADigitIsMissingOrTooMany) {
  for (const char* typed : {"010-123-4567", "010-1234-567", "+82 10-123-4567", "0101234567"}) {
    const ContactFault fault = fault_of(typed);
    EXPECT_EQ(fault.code, "digit_missing") << typed;
    EXPECT_THAT(fault.what.en, HasSubstr("has 11 digits; this one has 10"));
  }
  EXPECT_EQ(fault_of("010-1234-56789").code, "digit_too_many");
  EXPECT_EQ(fault_of("011-12-4567").code, "digit_missing");
  EXPECT_EQ(fault_of("10-1234-5678").code, "zero_missing");
}

TEST(Phone, IsNotWhatHoldsOtherThings) {
  EXPECT_THAT(fault_of("-- 123456789 ++").what.en, HasSubstr("\"+\""));
  EXPECT_THAT(fault_of("010-1234-567x").what.en, HasSubstr("\"x\""));
  EXPECT_THAT(fault_of("공일공-1234-5678").what.en, HasSubstr("\"공\""));
  for (const char* typed :
       {"", "  ", "-", "123456789", "1588-1234", "000-0000-0000", "+82", "+1", "99999999999999999999"})
    fault_of(typed);
}

// Red while the number of an office was one "that begins with 158", and two numbers were one with too many digits.
TEST(Phone, SaysThatItIsOfAnOfficeOrTwoNumbers) {
  for (const char* typed : {"1588-1234", "15881234", "1644 1234", "1899-1234"}) {
    const ContactFault fault = fault_of(typed);
    EXPECT_EQ(fault.code, "not_a_phone_number") << typed;
    EXPECT_THAT(fault.what.en, HasSubstr("of an office or a company")) << typed;
    EXPECT_THAT(fault.what.ko, HasSubstr("대표번호")) << typed;
  }
  EXPECT_THAT(fault_of("1588-1234").what.en, HasSubstr("1588-1234"));
  for (const char* typed : {"010-1234-5678 010-8765-4321", "01012345678 / 02-123-4567", "02-123-4567 010-1234-5678",
                            "+82 10-1234-5678 010-8765-4321"}) {
    const ContactFault fault = fault_of(typed);
    EXPECT_EQ(fault.code, "two_numbers") << typed;
    EXPECT_THAT(fault.what.ko, HasSubstr("두 개")) << typed;
  }
  EXPECT_EQ(fault_of("010-1234-567890").code, "digit_too_many");
}

// Red while a school's number that a spreadsheet had taken for a number was printed as it came.
TEST(Phone, OfAnOfficeIsKnownWithoutItsZero) {
  EXPECT_EQ(find_phone_with_its_zero("21234567"), "02-123-4567");
  EXPECT_EQ(find_phone_with_its_zero("2-1234-5678"), "02-1234-5678");
  EXPECT_EQ(find_phone_with_its_zero("311234567"), "031-123-4567");
  EXPECT_EQ(find_phone_with_its_zero("1012345678"), "010-1234-5678");
  for (const char* none : {"", "02-123-4567", "1588-1234", "82-2-123-4567", "02-123-4567(내선 12)", "교무실", "21", "123456789012",
                           "2133-1234", "2133 1234", "2133.1234", "3123-4567"})  // a number without its area code is none that lost its 0
    EXPECT_EQ(find_phone_with_its_zero(none), std::nullopt) << none;
}

// What is written is read again as the same number.
TEST(Phone, IsReadBackAsItIsWritten) {
  for (const char* typed : {"01012345678", "0212345678", "021234567", "0311234567", "050512345678", "+81312345678"})
    EXPECT_EQ(written(written(typed)), written(typed));
}

std::string email(std::string_view typed) {
  ContactFault fault;
  const auto address = read_email(typed, fault);
  EXPECT_TRUE(address || !(fault.what.en.empty() || fault.what.ko.empty())) << typed;
  return address ? *address : fault.code;
}

TEST(Email, IsReadInEverySpelling) {
  for (const char* typed :
       {"sky@example.com", "Sky@Example.COM", " sky@example.com ", "sky@example.com\u200b",
        "ｓｋｙ＠ｅｘａｍｐｌｅ．ｃｏｍ", "mailto:sky@example.com", "<sky@example.com>", "sky@example。com",
        "김하늘 <Sky@example.com>", "MAILTO:sky@example.com", "sky@example.com.", "sky@example.com ,", "sky@example.com;"})
    EXPECT_EQ(email(typed), "sky@example.com") << typed;
  EXPECT_EQ(email("o'neil+exam@mail.example.co.kr"), "o'neil+exam@mail.example.co.kr");
}

TEST(Email, IsRefusedWhereNoLetterArrives) {
  for (const char* typed :
       {"sky", "@example.com", "sky@", "sky@example", "sky@@example.com", "sky@exa mple.com",
        "sky@example.com, river@example.com", "하늘@example.com", "sky@예시.com", ".sky@example.com",
        "sky.@example.com", "s..ky@example.com", "sky@example..com", "sky@.example.com",
        "sky@-example.com", "sky@example.c", "sky@example.123", "sky@example,com"})
    EXPECT_EQ(email(typed), "not_an_address") << typed;
  EXPECT_EQ(email(" "), "missing");
  EXPECT_EQ(email(std::string(65, 'a') + "@example.com"), "not_an_address");
  EXPECT_EQ(email("a@" + std::string(250, 'a') + ".com"), "not_an_address");
}

// Red while nobody was told that the other form of such a domain is taken.
TEST(Email, NamesTheFormOfADomainThatIsTaken) {
  ContactFault fault;
  EXPECT_FALSE(read_email("sky@예시.com", fault));
  EXPECT_THAT(fault.what.en, HasSubstr("xn--"));
  EXPECT_THAT(fault.what.ko, HasSubstr("xn--"));
  EXPECT_THAT(fault.what.ko, HasSubstr("예시.com"));
  EXPECT_EQ(email("sky@xn--9n2bp8q.com"), "sky@xn--9n2bp8q.com");
}

TEST(CleanForm, KeepsContactsInOneSpellingAndCleansEveryText) {
  ApplicationForm form;
  form.name = " 김\u200b하늘 ";
  form.phone = "０１０.1234.5678";
  form.email = "Sky@Example.com\u200b";
  form.address = "자하문로\t1\n2층";
  form.licence_number = "１２-３４";
  // Red while a code in full width was kept, which no unit has.
  form.unit = UnitCode(" １０２");
  form.area = "１１１１０－１";
  form.electives = {"ｌａｗ"};
  form.photo = AttachmentId("ａ1 ");
  form.accommodations.push_back({"wheelchair", "\r\n다리를\r\n다쳤습니다\u200b", {}});
  const ApplicationForm clean = clean_form(form);
  EXPECT_EQ(clean.name, "김하늘");
  EXPECT_EQ(clean.phone, "010-1234-5678");
  EXPECT_EQ(clean.email, "sky@example.com");
  EXPECT_EQ(clean.address, "자하문로 1 2층");
  EXPECT_EQ(clean.licence_number, "12-34");
  EXPECT_EQ(clean.unit, UnitCode("102"));
  EXPECT_EQ(clean.area, "11110-1");
  EXPECT_EQ(clean.electives, std::vector<std::string>{"law"});
  EXPECT_EQ(clean.photo, AttachmentId("a1"));
  EXPECT_EQ(clean.accommodations[0].reason, "다리를\n다쳤습니다");
  EXPECT_EQ(clean_form(clean), clean);
  form.phone = "010-123";
  EXPECT_EQ(clean_form(form).phone, "010-123") << "what cannot be read stays as it was typed";
}

}  // namespace
}  // namespace hanjari
