// RUN: %check %s async-thread-local-across-suspend

// The same without coroutines.

struct Arena {
  void *allocate(int);
};
Arena &current_arena() {
  thread_local Arena arena;
  return arena;
}
int read();

void synchronous() {
  Arena &mine = current_arena();
  mine.allocate(read());
}
