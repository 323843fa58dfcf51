from diffuscope_serving.triton import StepModel as TritonPythonModel

__all__ = ["TritonPythonModel"]
