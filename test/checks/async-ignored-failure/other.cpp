// RUN: %check %s async-ignored-failure

// Libraries whose futures may be dropped, and the types of a project.

#include <folly/futures/Future.h>
#include <kj/async.h>
#include <vector>

#include "task.h"

app::Task<std::vector<app::Task<int>>> all();
void each(std::vector<app::Task<int>> &tasks, void (*f)(app::Task<int>));

app::Task<> of_a_project() {
  auto tasks = co_await all();
  int sum = 0;
  for (auto &task : tasks)
    sum += co_await std::move(task);
  each(tasks, [](app::Task<int> task) {});
}

kj::Promise<void> work();
void of_kj() {
  work().then([] {}).detach([](kj::Exception &&) {});
}
