import torch

from diffuscope_model.training.muon import Muon, orthogonalise


def test_singular_values_come_near_one():
    matrices = torch.randn(3, 24, 40, generator=torch.Generator().manual_seed(0))
    values = torch.linalg.svdvals(orthogonalise(matrices))
    assert values.min() > 0.6
    assert values.max() < 1.3


def test_singular_vectors_stay():
    matrix = torch.randn(1, 40, 24, generator=torch.Generator().manual_seed(0))
    left, values, right = torch.linalg.svd(orthogonalise(matrix)[0], full_matrices=False)
    core = left.T @ matrix[0] @ right.T
    # In the basis of the result the matrix is diagonal wherever its values are apart.
    exact_left, _, exact_right = torch.linalg.svd(matrix[0], full_matrices=False)
    expected = exact_left @ exact_right
    assert (left @ values.diag() @ right - expected).norm() / expected.norm() < 0.3
    assert core.diagonal().abs().sum() > 0.9 * torch.linalg.svdvals(matrix[0]).sum()


def test_stacked_matrices_are_stepped_each_for_itself():
    random = torch.Generator().manual_seed(0)
    single = [torch.zeros(8, 8, requires_grad=True) for _ in range(3)]
    stacked = torch.zeros(24, 8, requires_grad=True)
    for weight in single:
        weight.grad = torch.randn(8, 8, generator=random)
    stacked.grad = torch.cat([weight.grad for weight in single])
    Muon([{"params": single}], lr=0.1).step()
    Muon([{"params": [stacked], "stacked": 3}], lr=0.1).step()
    torch.testing.assert_close(torch.cat(list(single)).detach(), stacked.detach())
