// RUN: %check %s async-late-guard
// The code of the other tests made synchronous.

struct Gate {
  struct Holder {
    ~Holder();
  };
  Holder hold();
};
int write(int Line);

int below(Gate &Open, int Line) {
  auto Work = write(Line);
  auto H = Open.hold();
  return Work;
}
