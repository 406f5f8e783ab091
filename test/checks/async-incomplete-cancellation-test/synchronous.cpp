// RUN: %check %s async-incomplete-cancellation-test

// A function that tells exceptions apart which no library throws.

#include <exception>

struct Closed {};
struct Stopped {};
bool is_shutdown(const std::exception_ptr &error) {
  try {
    std::rethrow_exception(error);
  } catch (const Closed &) {
    return true;
  } catch (const Stopped &) {
    return true;
  } catch (...) {
    return false;
  }
}
