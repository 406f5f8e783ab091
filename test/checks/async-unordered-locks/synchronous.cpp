// RUN: %check %s async-unordered-locks

#include <algorithm>
#include <mutex>
#include <vector>

struct Table {
  std::mutex mutex;
};

void all(std::vector<Table *> &tables) {
  std::vector<std::unique_lock<std::mutex>> held;
  std::for_each(tables.begin(), tables.end(), [&](Table *table) {
    held.push_back(std::unique_lock(table->mutex));
  });
}
