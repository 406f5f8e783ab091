// RUN: %check %s async-large-frame
// The code of basic.cpp made synchronous: the stack is there anyway.

void read(char *);

void local() {
  char Buffer[65536];
  read(Buffer);
}
