#include "../async/future.hpp"
