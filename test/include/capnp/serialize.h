#ifndef TEST_INCLUDE_CAPNP_SERIALIZE_H
#define TEST_INCLUDE_CAPNP_SERIALIZE_H

namespace capnp {

class InputStreamMessageReader {};

class StreamFdMessageReader : public InputStreamMessageReader {
public:
  StreamFdMessageReader(int fd);
};

} // namespace capnp

#endif
