#include "waiting_store_test.cpp"
#include "../../accounts/store/staff_care_store_test.cpp"
#include "../../intake/store/setup_store_test.cpp"
