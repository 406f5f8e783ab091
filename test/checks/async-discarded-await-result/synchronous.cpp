// RUN: %check %s async-discarded-await-result

// The same code without coroutines.

#include <system_error>

std::error_code write();

void dropped() {
  write();
}
