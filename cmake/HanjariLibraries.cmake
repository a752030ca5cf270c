# The third-party libraries, found once. Which module may see which one is said in src/CMakeLists.txt.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Poco REQUIRED COMPONENTS Foundation Net Util)
find_package(Boost 1.74 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
pkg_check_modules(libsodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo cairo-pdf cairo-svg cairo-ft)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo pangoft2)
pkg_check_modules(fontconfig REQUIRED IMPORTED_TARGET fontconfig)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(libqrencode REQUIRED IMPORTED_TARGET libqrencode)

find_library(HANJARI_MYSQLCPPCONN mysqlcppconn REQUIRED)
add_library(hanjari_mysql INTERFACE)
target_link_libraries(hanjari_mysql INTERFACE ${HANJARI_MYSQLCPPCONN})

find_path(HANJARI_MUSTACHE kainjow/mustache.hpp REQUIRED)
add_library(hanjari_mustache INTERFACE)
target_include_directories(hanjari_mustache SYSTEM INTERFACE ${HANJARI_MUSTACHE})

# Debian's fmt and spdlog are shared libraries built against each other; spdlog must use that fmt and not its own copy.
add_library(hanjari_log INTERFACE)
target_link_libraries(hanjari_log INTERFACE spdlog::spdlog fmt::fmt)
