// RUN: %check %s async-unshielded-cleanup

#include <exception>

void transfer();
void rollback();
void kept() {
  std::exception_ptr failure;
  try {
    transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  rollback();
  if (failure)
    std::rethrow_exception(failure);
}
