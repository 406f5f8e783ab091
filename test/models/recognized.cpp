// RUN: %check %s async-* --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// A namespace of the same name is not that library, if it has not what the
// model says that it declares: nothing is known of its functions.

#include <thread>

using namespace std::chrono_literals;

namespace green {
struct Loop {};
struct Future {
  template <class F> void then(F) {}
};
Future fetch();
template <class F> void on_signal(int, F) {}
} // namespace green

void callbacks() {
  green::fetch().then([] { std::this_thread::sleep_for(1s); });
  green::on_signal(15, [] { std::this_thread::sleep_for(1s); });
}
