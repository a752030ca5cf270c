// Words that passwords of this place are made of, collected by hand: what leaks everywhere show at their top, Korean
// words as they come out of a keyboard in Latin position and as they are romanised, and the words of the trade. Joined
// to one another, with digits and signs around or in place of letters, they give the passwords that are tried first.
#pragma once

#include <array>
#include <string_view>

namespace hanjari::services {

constexpr auto common_words = std::to_array<std::string_view>(
    {"password", "passwort", "passwd", "pass", "word", "pw", "admin", "administrator", "root", "login", "signin",
     "user", "guest", "test", "temp", "welcome", "hello", "hi", "letmein", "open", "sesame", "secret", "private",
     "security", "secure", "change", "changeme", "changeit", "default", "master", "super", "access", "system", "server",
     "computer", "internet", "network", "office", "desktop", "service", "manager", "staff", "officer", "coordinator",
     "auditor", "venue", "chief", "applicant", "exam", "exams", "examination", "seat", "city", "hall", "government",
     "public", "iloveyou", "love", "lovely", "you", "me", "my", "mine", "i", "is", "the", "a", "and", "of", "to", "in",
     "on", "it", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "abc", "abcd", "xyz",
     "qwerty", "qwertyuiop", "qwer", "asdf", "zxcv", "asdfgh", "zxcvbn", "qazwsx", "qaz", "wsx", "edc", "asd", "zxc",
     "qwe", "monkey", "dragon", "tiger", "lion", "eagle", "bear", "panda", "cat", "dog", "puppy", "princess", "prince",
     "queen", "king", "angel", "baby", "honey", "sweet", "sugar", "cookie", "chocolate", "coffee", "sunshine", "sun",
     "moon", "star", "starwars", "superman", "batman", "spiderman", "pokemon", "pikachu", "football", "baseball",
     "basketball", "soccer", "hockey", "golf", "summer", "winter", "spring", "autumn", "fall", "january", "february",
     "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "monday",
     "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "black", "white", "red", "blue", "green",
     "yellow", "pink", "orange", "purple", "gold", "silver", "diamond", "flower", "rose", "lucky", "happy", "birthday",
     "forever", "friend", "friends", "family", "mother", "father", "mom", "dad", "michael", "jennifer", "jordan",
     "daniel", "david", "john", "james", "robert", "thomas", "charlie", "ashley", "michelle", "jessica", "samsung",
     "hyundai", "naver", "kakao", "google", "apple", "android", "iphone", "galaxy", "windows", "microsoft", "facebook",
     "instagram", "youtube", "korea", "korean", "seoul", "busan", "incheon", "daegu", "daejeon", "gwangju", "ulsan",
     "jeju", "jongno", "gangnam", "hanjari", "hangul", "hanguk", "daehan", "minguk", "daehanminguk", "saranghae",
     "sarang", "bimil", "bimilbeonho", "beonho", "annyeong", "annyeonghaseyo", "gongmuwon", "siheom", "kim", "lee",
     "park", "choi", "jung", "kang",
     // 비밀번호, 사랑해, 안녕, 안녕하세요, 대한민국, 서울, 시험, 공무원, 관리자, 한국, 가나다, 하나둘셋 in Latin
     // position.
     "qlalfqjsgh", "tkfkdgo", "dkssud", "dkssudgktpdy", "eogksalsrnr", "tjdnf", "tlgja", "rhdandnjs", "rhksflwk",
     "gksrnr", "rkskek", "gksksenftpt", "비밀번호", "사랑해", "안녕", "안녕하세요", "대한민국", "서울", "서울시",
     "시험", "공무원", "관리자", "한국", "하나둘셋", "가나다", "가나다라", "마바사", "아자차카"});

constexpr auto keyboard_rows =
    std::to_array<std::string_view>({"`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+",
                                     "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1q2w3e4r5t6y7u8i9o0p",
                                     "q1w2e3r4t5y6u7i8o9p0", "qawsedrftgyhujikolp", "zaq1xsw2cde3vfr4bgt5nhy6mju7"});

}  // namespace hanjari::services
