"""Mixed integer programs, solved by COIN-OR CBC through its C interface (Debian: coinor-cbc)."""
import ctypes
import ctypes.util
from dataclasses import dataclass

INFINITY = 1e30


class SolverMissing(Exception):
    """CBC is not installed."""


class SolverFault(Exception):
    """CBC returned a solution that breaks a row of the program."""


def load_solver():
    for name in ("libCbcSolver.so.3", ctypes.util.find_library("CbcSolver")):
        if not name:
            continue
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        pointer, real, whole = ctypes.c_void_p, ctypes.c_double, ctypes.c_int
        library.Cbc_newModel.restype = pointer
        library.Cbc_getColSolution.restype = ctypes.POINTER(real)
        library.Cbc_loadProblem.argtypes = [pointer, whole, whole] + [pointer] * 8
        library.Cbc_setInteger.argtypes = library.Cbc_setLogLevel.argtypes = [pointer, whole]
        library.Cbc_setParameter.argtypes = [pointer, ctypes.c_char_p, ctypes.c_char_p]
        for name in ("getBestPossibleObjValue", "getObjValue"):
            getattr(library, "Cbc_" + name).restype = real
        for name in ("solve", "isProvenOptimal", "isProvenInfeasible", "deleteModel", "getColSolution",
                     "getBestPossibleObjValue", "getObjValue", "isInitialSolveProvenPrimalInfeasible"):
            getattr(library, "Cbc_" + name).argtypes = [pointer]
        return library
    raise SolverMissing("CBC is not installed: apt-get install coinor-cbc")


@dataclass
class Outcome:
    """status: optimal, infeasible, or limit (neither proven in time; values may be None then)."""
    status: str
    value: int | None = None
    values: list | None = None


class Program:
    """Integer variables and rows; every coefficient is an integer, so that a solution can be checked exactly."""
    _library = None

    def __init__(self):
        self.lower = []
        self.upper = []
        self.rows = []  # ({variable: coefficient}, least, most); None where there is no limit

    def variable(self, upper, lower=0):
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(self, terms, least=None, most=None):
        """terms: pairs of coefficient and variable; a variable may come twice."""
        together = {}
        for coefficient, variable in terms:
            together[variable] = together.get(variable, 0) + coefficient
        self.rows.append(({v: c for v, c in together.items() if c}, least, most))

    def solve(self, objective, seconds, options=()):
        """Minimises a sum of coefficient x variable ({variable: coefficient}) within so many seconds of processor time."""
        if Program._library is None:
            Program._library = load_solver()
        library = Program._library
        model = library.Cbc_newModel()
        try:
            self._load(library, model, objective)
            # Heuristics cost more than they save: the proof takes the time, not the plan.
            for name, value in (("ratioGap", "0"), ("allowableGap", "0"), ("heuristicsOnOff", "off"),
                                ("seconds", str(seconds)), *options):
                library.Cbc_setParameter(model, name.encode(), value.encode())
            library.Cbc_solve(model)
            return self._read(library, model, objective)
        finally:
            library.Cbc_deleteModel(model)

    def _load(self, library, model, objective):
        columns = [[] for _ in self.upper]
        for number, (terms, _, _) in enumerate(self.rows):
            for variable, coefficient in terms.items():
                columns[variable].append((number, coefficient))
        starts, rows, values = [0], [], []
        for column in columns:
            rows += [row for row, _ in column]
            values += [value for _, value in column]
            starts.append(len(rows))

        def array(kind, numbers):
            return (kind * len(numbers))(*numbers)

        real, whole = ctypes.c_double, ctypes.c_int
        library.Cbc_loadProblem(
            model, len(self.upper), len(self.rows), array(whole, starts), array(whole, rows), array(real, values),
            array(real, self.lower), array(real, self.upper),
            array(real, [objective.get(v, 0) for v in range(len(self.upper))]),
            array(real, [-INFINITY if least is None else least for _, least, _ in self.rows]),
            array(real, [INFINITY if most is None else most for _, _, most in self.rows]))
        library.Cbc_setLogLevel(model, 0)
        for variable in range(len(self.upper)):
            library.Cbc_setInteger(model, variable)

    def _read(self, library, model, objective):
        if library.Cbc_isProvenInfeasible(model) or library.Cbc_isInitialSolveProvenPrimalInfeasible(model):
            return Outcome("infeasible")
        has_solution = library.Cbc_getObjValue(model) < 1e49
        if not has_solution:
            return Outcome("limit")
        solution = library.Cbc_getColSolution(model)
        values = [round(solution[v]) for v in range(len(self.upper))]
        if not self.holds(values):
            if library.Cbc_isProvenOptimal(model):
                raise SolverFault("the rounded solution breaks a row")
            return Outcome("limit")
        value = sum(coefficient * values[variable] for variable, coefficient in objective.items())
        return Outcome("optimal" if library.Cbc_isProvenOptimal(model) else "limit", value, values)

    def holds(self, values):
        """Whether integers satisfy every bound and row."""
        if any(not low <= value <= high for low, value, high in zip(self.lower, values, self.upper)):
            return False
        for terms, least, most in self.rows:
            total = sum(coefficient * values[variable] for variable, coefficient in terms.items())
            if (least is not None and total < least) or (most is not None and total > most):
                return False
        return True
