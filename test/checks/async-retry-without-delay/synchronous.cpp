// RUN: %check %s async-retry-without-delay

struct Applier {
  void applyNext();
  void run() {
    while (!stopped) {
      try {
        applyNext();
      } catch (...) {
      }
    }
  }
  bool stopped = false;
};
