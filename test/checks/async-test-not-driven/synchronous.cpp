// RUN: %check %s async-test-not-driven
// The code of basic.cpp made synchronous.

#include <functional>
#include <vector>

struct Context {
  std::vector<std::function<void()>> queue;
  void run();
};
void work();
void spawn(Context &context, std::function<void()> work);

void queue_not_run() {
  Context context;
  spawn(context, work);
  context.queue.push_back(work);
}
